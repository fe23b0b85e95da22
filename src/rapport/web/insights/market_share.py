"""Market share: what we won of each market whose size somebody entered, and where there is no size yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rapport.catalog.queries import base_currency
from rapport.core.clock import today
from rapport.core.problems import Forbidden
from rapport.insights.market_share import markets, revenue
from rapport.insights.market_share.conditions import selection_of
from rapport.insights.market_share.markets import Market
from rapport.insights.market_share.revenue import Place, sees_all_revenue
from rapport.insights.market_share.shares import NOTHING, Shared, Shares, Uncovered, YearShare, shares
from rapport.web.middleware import ActingRequest
from rapport.web.places import creation_address, list_address, record_address

from .csv_files import csv_file, may_export, must_export
from .index import must_read
from .market_share_words import Words, place_in_words, share_in_words, words_of

_COLUMNS = ("market", "year", "size", "currency", "source", "won", "won_currency", "sales", "share", "at_most", "doubt")


@dataclass(frozen=True)
class Line:
    """One year with the records behind its figures."""

    found: YearShare
    share: str
    doubt: str
    size_href: str
    won_href: str


@dataclass(frozen=True)
class Part:
    """One market on the page."""

    shared: Shared
    words: Words
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Outside:
    """A place without a market size: what was won there, and the form to enter one."""

    name: str
    amount: Any
    count: int
    enter: str


@require_GET
def overview(request: ActingRequest) -> HttpResponse:
    """All markets with our share of each."""
    _must_see_fields(request)
    found = shares(request.actor) if sees_all_revenue(request.actor) else NOTHING
    context = {
        "sees_all": found is not NOTHING,
        "parts": [_part(one) for one in found.markets],
        "uncovered": found.uncovered,
        "outside": [_outside(*one) for one in found.uncovered.places],
        "uncovered_share": _share_of(found.uncovered),
        "currency": base_currency(),
        "enter": creation_address("marketsize", next=request.path),
        "sizes": list_address("marketsize"),
        "may_enter": request.actor.may("marketsize.create"),
        "may_import": request.actor.may("record.import"),
        "may_export": may_export(request.actor),
    }
    return render(request, "insights/market_share.html", context)


@require_GET
def export(request: ActingRequest) -> HttpResponse:
    """Every market and year, as CSV."""
    _must_see_fields(request)
    must_export(request.actor)
    if not sees_all_revenue(request.actor):
        raise Forbidden(_("A market share needs all that was won, and you see a part of it. Ask an administrator."))
    return csv_file("market-share.csv", _COLUMNS, _exported(shares(request.actor)))


def _must_see_fields(request: ActingRequest) -> None:
    must_read(request)
    if request.actor.hidden_fields & (revenue.RESTS_ON | markets.RESTS_ON):
        raise Forbidden(_("This rests on fields of records that are hidden from you. Ask an administrator."))


def _share_of(found: Uncovered) -> float:
    return float(found.won.amount / found.all.amount) if found.all.amount else 0.0


def _part(one: Shared) -> Part:
    words = words_of(one)
    lines = [
        Line(
            year,
            "" if year.share is None else share_in_words(year.share),
            words.doubts.get(year.year, ""),
            record_address("marketsize", year.size.record.pk),
            won_address(one.market, year.year),
        )
        for year in one.years
    ]
    return Part(one, words, tuple(lines))


def _outside(place: Place, won: Any) -> Outside:
    told = {"industry": place.industry, "country": place.country, "year": today().year - 1}
    is_placed = place.industry or place.country
    enter = creation_address("marketsize", **told, next="/insights/market-share/") if is_placed else ""
    return Outside(place_in_words(place), won.amount, won.count, enter)


def won_address(market: Market, year: int) -> str:
    """The list of what was won in a market in a year; empty where no list can ask for it."""
    given = [("organisation.industry:is:", market.industry), ("organisation.country:is:", market.country)]
    asked = ["status:is:won", f"closed_on:between:{year}-01-01|{year}-12-31"]
    asked += [f"{before}{value}" for before, value in given if value]
    if market.conditions:
        selection = selection_of(market.conditions)
        if selection.any_of or any("." in one.field or "@" in one.field for one in selection.conditions):
            return ""
        own = [(name, f"organisation.{text}") for name, text in selection.parameters()]
    else:
        own = []
    return f"{list_address('opportunity')}?{urlencode([*(('f', one) for one in asked), *own], safe=':|,')}"


def _exported(found: Shares) -> Iterator[list[Any]]:
    own = base_currency()
    for one in found.markets:
        for year in one.years:
            size = year.size.record
            figures = [None if figure is None else round(figure, 6) for figure in (year.share, year.at_most)]
            won = [round(year.won.amount, 2), own, year.won.count]
            before = [one.market.title, year.year, size.amount, size.currency, size.source]
            yield [*before, *won, *figures, year.doubt.value if year.doubt else ""]
