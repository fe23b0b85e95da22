"""Trends in words: the title that answers, the sentence below it, and the picture beside both."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.core.labelled import labelled
from rapport.insights.trends.counting import FEWEST_MONTHS, Counted
from rapport.insights.trends.finding import Told, Trend, Verdict
from rapport.web.ui import formats

from .pictures import Picture, picture_of, place_of

VERDICTS: dict[Verdict, str | Promise] = {
    Verdict.RISING: gettext_lazy("rises"),
    Verdict.FALLING: gettext_lazy("falls"),
    Verdict.DISPLACED: gettext_lazy("only its share moved, since others changed"),
    Verdict.TOO_SMALL: gettext_lazy("moved, but hardly"),
    Verdict.STEADY: gettext_lazy("nothing beyond chance"),
    Verdict.TOO_FEW: gettext_lazy("too few to tell"),
}
_NAMED = 3


@dataclass(frozen=True)
class Row:
    """One value on a page: what is told of it, in words, with its picture where one is shown."""

    counted: Counted
    trend: Trend

    @property
    def verdict(self) -> str | Promise:
        """The verdict in words."""
        return VERDICTS[self.trend.verdict]

    @cached_property
    def sentence(self) -> str:
        """Since when which share."""
        return sentence_of(self.counted, self.trend)

    @cached_property
    def picture(self) -> Picture:
        """The months."""
        return picture(self.counted, self.trend)

    @property
    def newer(self) -> int:
        """How often in the last twelve months."""
        return sum(self.trend.value.counts[-12:])

    @property
    def older(self) -> int:
        """How often in the twelve before."""
        return sum(self.trend.value.counts[-24:-12])


@dataclass(frozen=True)
class Part:
    """One topic on the page; `title` answers its question."""

    told: Told
    title: str
    rows: tuple[Row, ...]
    others: tuple[Row, ...]
    newer: int
    older: int


def part_of(told: Told) -> Part:
    """A topic with its answer."""
    one = told.counted
    shown = (*told.rising, *told.falling)
    return Part(
        told=told,
        title=labelled(one.topic.label, _answer(told)),
        rows=tuple(Row(one, trend) for trend in shown),
        others=tuple(Row(one, trend) for trend in told.others),
        newer=sum(one.totals[-12:]),
        older=sum(one.totals[-24:-12]),
    )


def picture(one: Counted, trend: Trend) -> Picture:
    """Its share of each month, and the levels before and after where something is told."""
    shares = [count / total if total else 0.0 for count, total in zip(trend.value.counts, one.totals, strict=True)]
    words = [
        _("%(month)s: %(count)s of %(total)s")
        % {"month": formats.month(month), "count": formats.number(count), "total": formats.number(total)}
        for month, count, total in zip(one.months, trend.value.counts, one.totals, strict=True)
    ]
    if not trend.is_told:
        return picture_of(shares, words)
    return picture_of(shares, words, change=place_of(one.months, trend.since), usual=(trend.before, trend.after))


def sentence_of(one: Counted, trend: Trend) -> str:
    """Since when which share, how much before, and the interval."""
    if trend.since is None or trend.earliest is None or trend.latest is None or not trend.is_told:
        return str(VERDICTS[trend.verdict])
    told = {
        "after": formats.percent(trend.after, decimals=1),
        "before": formats.percent(trend.before, decimals=1),
        "counted": one.topic.counted,
        "since": formats.month(trend.since),
        "times": formats.number(trend.ratio, decimals=2),
        "low": formats.number(trend.low, decimals=2),
        "high": formats.number(trend.high, decimals=2),
        "pace": formats.number(trend.a_month_after, decimals=1),
        "pace_before": formats.number(trend.a_month_before, decimals=1),
        "earliest": formats.month(trend.earliest),
        "latest": formats.month(trend.latest),
    }
    return (
        _(
            "%(after)s of the %(counted)s since %(since)s, %(before)s before: %(times)s times "
            "(95%% interval %(low)s–%(high)s); %(pace)s a month instead of %(pace_before)s. "
            "It changed between %(earliest)s and %(latest)s."
        )
        % told
    )


def _answer(told: Told) -> str:
    one = told.counted
    if not one.months:
        return _("nothing recorded yet")
    if not one.is_enough:
        given = {"months": len(one.months), "needed": FEWEST_MONTHS}
        return _("not enough history: %(months)d of %(needed)d months") % given
    parts = [_named(told.rising, _("%(names)s up")), _named(told.falling, _("%(names)s down"))]
    return ", ".join(part for part in parts if part) or _("nothing rises or falls beyond chance")


def _named(trends: tuple[Trend, ...], sentence: str) -> str:
    if not trends:
        return ""
    names = ", ".join(trend.value.name for trend in trends[:_NAMED])
    return sentence % {"names": f"{names} …" if len(trends) > _NAMED else names}
