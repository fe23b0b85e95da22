"""Market shares in words: the title that answers, why a year has no share, and the picture of the quarters."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.governance.domains import Country
from rapport.insights.market_share.revenue import Place
from rapport.insights.market_share.shares import Direction, Doubt, Move, QuarterShare, Shared, YearShare
from rapport.web.ui import formats

from .pictures import Picture, picture_of

_DOUBTS: Mapping[Doubt, str | Promise] = {
    Doubt.NO_RATE: gettext_lazy("The rate of the currency of the size is unknown. Set it under Settings › Currencies."),
    Doubt.BEFORE_RECORDS: gettext_lazy("The records begin later, so what was won in all of this year isn't known."),
    Doubt.NO_AMOUNTS: gettext_lazy("More than a tenth of what was won has no amount, or none in a known currency."),
    Doubt.NO_PLACES: gettext_lazy("More was won nobody knows where than here. Fill in industry and country."),
    Doubt.MORE_THAN_ALL: gettext_lazy("More was won than the whole market is said to be. The size is doubtful."),
}


@dataclass(frozen=True)
class Words:
    """What is said of a market; `doubts` by year, `at_most` where some was won nobody knows where."""

    title: str
    at_most: str
    doubts: Mapping[int, str]
    picture: Picture | None


def words_of(one: Shared) -> Words:
    """All that is said of a market."""
    doubts = {year.year: str(_DOUBTS[year.doubt]) for year in one.years if year.doubt}
    return Words(_title(one), _at_most(one), doubts, _picture(one.quarters))


def share_in_words(share: float) -> str:
    """A share with as many decimals as tell something of it."""
    return formats.percent(share, decimals=1 if share >= 0.01 or not share else 2)


def place_in_words(place: Place) -> str:
    """Where organisations are; what isn't recorded is named as such."""
    industry = place.industry or _("no industry recorded")
    country = Country().display(place.country) if place.country else _("no country recorded")
    return f"{industry}, {country}"


def _title(one: Shared) -> str:
    market = one.market.title
    if one.is_hidden:
        return _("%(market)s: it rests on fields that are hidden from you") % {"market": market}
    if one.move is not None:
        return _moved(market, one.move)
    told = next((year for year in one.years if year.share is not None), None)
    if told is None:
        return _("%(market)s: no share can be told") % {"market": market}
    words = {"market": market, "share": share_in_words(told.share or 0.0), "year": told.year}
    if told.is_over:
        return _("Our share of %(market)s was %(share)s in %(year)s") % words
    return _("Our share of %(market)s is %(share)s in %(year)s so far") % words


_MOVES: Mapping[Direction, str | Promise] = {
    Direction.ROSE: gettext_lazy(
        "Our share of %(market)s rose from %(before)s in %(earlier)s to %(after)s in %(later)s"
    ),
    Direction.FELL: gettext_lazy(
        "Our share of %(market)s fell from %(before)s in %(earlier)s to %(after)s in %(later)s"
    ),
    Direction.STAYED: gettext_lazy(
        "Our share of %(market)s stayed about the same: %(before)s in %(earlier)s, %(after)s in %(later)s"
    ),
    Direction.TOO_FEW: gettext_lazy(
        "Our share of %(market)s: %(before)s in %(earlier)s, %(after)s in %(later)s; too few sales to say that it moved"
    ),
}


def _moved(market: str, move: Move) -> str:
    return str(_MOVES[move.direction]) % {
        "market": market,
        "before": share_in_words(move.before.share or 0.0),
        "after": share_in_words(move.after.share or 0.0),
        "earlier": move.before.year,
        "later": move.after.year,
    }


def _at_most(one: Shared) -> str:
    newest: YearShare | None = next((year for year in one.years if year.share is not None), None)
    if newest is None or newest.at_most is None or not newest.unplaced:
        return ""
    words = {"share": share_in_words(newest.at_most), "year": newest.year}
    return (
        _("At most %(share)s in %(year)s, if everything won without a known industry or country was won here.") % words
    )


def _picture(quarters: tuple[QuarterShare, ...]) -> Picture | None:
    """The shares of four quarters each; none for fewer than two."""
    if len(quarters) < 2:
        return None
    return picture_of([one.share for one in quarters], [_quarter(one) for one in quarters])


def _quarter(one: QuarterShare) -> str:
    told = ngettext(
        "four quarters up to Q%(quarter)d %(year)d: %(share)s, from %(count)d sale",
        "four quarters up to Q%(quarter)d %(year)d: %(share)s, from %(count)d sales",
        one.won.count,
    )
    quarter = (one.start.month + 2) // 3
    return told % {
        "quarter": quarter,
        "year": one.start.year,
        "share": share_in_words(one.share),
        "count": one.won.count,
    }
