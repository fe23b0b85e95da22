"""Our share of each market by year and quarter, what is doubtful about it, and what lies in no market."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from rapport.core.actors import Actor
from rapport.core.clock import today

from .conditions import organisations_meeting
from .markets import Market, Size, markets
from .revenue import ByQuarter, Place, Won, together, won_among, won_by_place

MOST_UNKNOWN = 0.1
FEWEST_SALES, LEAST_MOVE = 5, 1.05
QUARTERS, SHOWN_QUARTERS = 4, 12


class Doubt(enum.StrEnum):
    """Why there is no share."""

    NO_RATE = "no_rate"
    BEFORE_RECORDS = "before_records"
    NO_AMOUNTS = "no_amounts"
    NO_PLACES = "no_places"
    MORE_THAN_ALL = "more_than_all"


@dataclass(frozen=True)
class YearShare:
    """One year of a market: its size, what we won, what we won nobody knows where, and the doubt if there is one."""

    year: int
    size: Size
    won: Won
    unplaced: Decimal
    is_over: bool
    doubt: Doubt | None

    @property
    def share(self) -> float | None:
        """Our share; None where it is doubtful."""
        return None if self.doubt or not self.size.in_base else float(self.won.amount / self.size.in_base)

    @property
    def at_most(self) -> float | None:
        """The share if all that was won nobody knows where were won here."""
        if self.share is None or not self.size.in_base:
            return None
        return min(float((self.won.amount + self.unplaced) / self.size.in_base), 1.0)


@dataclass(frozen=True)
class QuarterShare:
    """The four quarters up to the end of one, against a fourth of the size of the year of each."""

    start: date
    won: Won
    share: float


@dataclass(frozen=True)
class Shared:
    """A market with our share of it, the newest year first. `is_hidden`: it rests on what the reader may not see."""

    market: Market
    years: tuple[YearShare, ...] = ()
    quarters: tuple[QuarterShare, ...] = ()
    is_hidden: bool = False

    @property
    def told(self) -> tuple[YearShare, ...]:
        """The years that are over and have a share, the newest first."""
        return tuple(one for one in self.years if one.is_over and one.share is not None)

    @property
    def move(self) -> "Move | None":
        """Between the last two years that have one; None where there is only one."""
        return Move(self.told[1], self.told[0]) if len(self.told) > 1 else None


class Direction(enum.StrEnum):
    """Where a share went."""

    ROSE = "rose"
    FELL = "fell"
    STAYED = "stayed"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Move:
    """From one year to another."""

    before: YearShare
    after: YearShare

    @property
    def direction(self) -> Direction:
        """Told from five sales in both years on, and where the share is a twentieth more or less."""
        before, after = self.before.share or 0.0, self.after.share or 0.0
        if min(self.before.won.count, self.after.won.count) < FEWEST_SALES:
            return Direction.TOO_FEW
        if after >= before * LEAST_MOVE:
            return Direction.ROSE
        return Direction.FELL if after * LEAST_MOVE <= before else Direction.STAYED


@dataclass(frozen=True)
class Uncovered:
    """What was won since a day in no market that has a size: how much of all, and where most of it."""

    since: date
    won: Won
    all: Won
    places: tuple[tuple[Place, Won], ...]


@dataclass(frozen=True)
class Shares:
    """All markets, those where most was won first, and what lies outside."""

    markets: tuple[Shared, ...]
    uncovered: Uncovered


NOTHING = Shares((), Uncovered(date.min, Won(), Won(), ()))


def shares(actor: Actor) -> Shares:
    """For whoever sees all that was won (see `sees_all_revenue`): a statement, and one for each market of one's own."""
    by_place, known = won_by_place(actor), markets(actor)
    begun = min((quarter for won in by_place.values() for quarter in won), default=today())
    found = [_shared(actor, market, sizes, by_place, begun) for market, sizes in known.items()]
    ordered = sorted(found, key=lambda one: -max((year.won.amount for year in one.years), default=Decimal(0)))
    return Shares(tuple(ordered), _uncovered(by_place, list(known)))


def _shared(
    actor: Actor, market: Market, sizes: Mapping[int, Size], by_place: Mapping[Place, ByQuarter], begun: date
) -> Shared:
    won = _won_in(actor, market, by_place)
    if won is None:
        return Shared(market, is_hidden=True)
    unplaced = together(part for place, part in by_place.items() if market.may_hold(place))
    years = [_year(year, size, won, unplaced, begun) for year, size in sorted(sizes.items(), reverse=True)]
    return Shared(market, tuple(years), _quarters(sizes, won, begun))


def _won_in(actor: Actor, market: Market, by_place: Mapping[Place, ByQuarter]) -> ByQuarter | None:
    """What was won in a market by quarter; None where it rests on what the actor may not see."""
    if not market.conditions:
        return together(part for place, part in by_place.items() if market.holds(place))
    meeting = organisations_meeting(market.conditions, actor)
    if meeting is None:
        return None
    if market.industry:
        meeting &= _same("industry", market.industry)
    return won_among(actor, meeting & _same("country", market.country) if market.country else meeting)


def _same(field: str, value: str) -> Q:
    return Q(**{f"{field}__iexact": value.strip()})


def _year(year: int, size: Size, won: ByQuarter, unplaced: ByQuarter, begun: date) -> YearShare:
    quarters = [date(year, month, 1) for month in (1, 4, 7, 10)]
    here = sum((won[one] for one in quarters if one in won), Won())
    elsewhere = sum((unplaced[one].amount for one in quarters if one in unplaced), Decimal(0))
    doubt = _doubt(size.in_base, here, elsewhere) if quarters[0] >= begun else Doubt.BEFORE_RECORDS
    return YearShare(year, size, here, elsewhere, year < today().year, doubt)


def _doubt(size: Decimal | None, won: Won, unplaced: Decimal) -> Doubt | None:
    if size is None:
        return Doubt.NO_RATE
    if won.unknown > MOST_UNKNOWN * won.count:
        return Doubt.NO_AMOUNTS
    if won.amount > size:
        return Doubt.MORE_THAN_ALL
    return Doubt.NO_PLACES if unplaced > won.amount else None


def _quarters(sizes: Mapping[int, Size], won: ByQuarter, begun: date) -> tuple[QuarterShare, ...]:
    """Each quarter that is over and whose year of four quarters is known, the oldest first."""
    over = _quarters_before(date(today().year, (today().month - 1) // 3 * 3 + 1, 1), SHOWN_QUARTERS + QUARTERS - 1)
    found = []
    for place in range(QUARTERS, len(over) + 1):
        four = over[place - QUARTERS : place]
        known = [entered.in_base for day in four if (entered := sizes.get(day.year)) and entered.in_base]
        size = sum(known, Decimal(0)) / QUARTERS
        here = sum((won[day] for day in four if day in won), Won())
        if len(known) == QUARTERS and four[0] >= begun and _doubt(size, here, Decimal(0)) is None:
            found.append(QuarterShare(four[-1], here, float(here.amount / size)))
    return tuple(found)


def _quarters_before(end: date, number: int) -> list[date]:
    begun = end.year * 4 + (end.month - 1) // 3
    return [date(place // 4, place % 4 * 3 + 1, 1) for place in range(begun - number, begun)]


def _uncovered(by_place: Mapping[Place, ByQuarter], known: Sequence[Market]) -> Uncovered:
    """In the last four quarters and the present one; markets with conditions of their own cover no place."""
    first = _quarters_before(today(), QUARTERS)[0]
    plain = [market for market in known if not market.conditions]
    won = {place: sum((one for day, one in part.items() if day >= first), Won()) for place, part in by_place.items()}
    outside = [(place, one) for place, one in won.items() if not any(market.holds(place) for market in plain)]
    ordered = sorted(outside, key=lambda both: -both[1].amount)
    return Uncovered(
        first,
        sum((one for _place, one in outside), Won()),
        sum(won.values(), Won()),
        tuple((place, one) for place, one in ordered[:8] if one.amount),
    )
