"""The figures of the board: counts, rates, money at stake and work, by rule, owner, team and source."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum

from rapport.core.actors import Actor
from rapport.core.clock import today

from ..models import Severity
from ..ruling import Dimension, Rule
from .sight import money_told, populations_for, rules_for, snapshots_for, tallies_for
from .sources import Source, source_of

_ORDER = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}
MONTHS = 12


@dataclass(frozen=True)
class Asked:
    """What the board is narrowed to; None is everything."""

    record_type: str = ""
    dimension: str = ""
    owner_id: UUID | None = None
    team_id: UUID | None = None
    source: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return self != Asked()

    def condition(self) -> Q:
        """What it asks of tallies and populations, the source apart."""
        found = Q(record_type=self.record_type) if self.record_type else Q()
        if self.owner_id:
            found &= Q(owner_id=self.owner_id)
        return found & Q(team_id=self.team_id) if self.team_id else found


@dataclass(frozen=True)
class Line:
    """The findings of one rule: how many, among how many records, at what stake, with how much work."""

    key: str
    rule: Rule
    open: int
    records: int
    at_stake: Decimal
    before: int | None = None

    @property
    def rate(self) -> float:
        """The share of records with a finding, from 0 to 1."""
        return min(1.0, self.open / self.records) if self.records else 0.0

    @property
    def hours(self) -> float:
        """The work of putting all of them right."""
        return self.open * self.rule.minutes / 60

    @property
    def change(self) -> int | None:
        """More or fewer than at the end of last month; None where that is not known."""
        return None if self.before is None else self.open - self.before


@dataclass(frozen=True)
class Share:
    """The findings of an owner, a team or a source."""

    key: Any
    open: int
    records: int
    at_stake: Decimal
    hours: float


@dataclass(frozen=True)
class Month:
    """How a month stood at its end; the present one as it stands."""

    month: date
    open: int
    records: int

    @property
    def rate(self) -> float:
        """Findings for each record."""
        return self.open / self.records if self.records else 0.0


@dataclass(frozen=True)
class Figures:
    """Everything the board shows."""

    lines: tuple[Line, ...]
    owners: tuple[Share, ...]
    teams: tuple[Share, ...]
    sources: tuple[Share, ...]
    months: tuple[Month, ...]
    shows_money: bool

    @property
    def open(self) -> int:
        """All open findings."""
        return sum(line.open for line in self.lines)

    @property
    def hours(self) -> float:
        """The work of putting everything right."""
        return sum(line.hours for line in self.lines)

    @property
    def at_stake(self) -> Decimal:
        """Business in records with findings; a record with several counts once for each rule."""
        return sum((line.at_stake for line in self.lines), Decimal(0))


def figures_for(actor: Actor, asked: Asked) -> Figures:
    """The board as far as the actor may see it."""
    rules = {key: rule for key, rule in rules_for(actor).items() if fits(rule, asked)}
    tallies = _rows(actor, asked, rules)
    records = _records(actor, asked, rules)
    last = _last_month(actor, asked, rules)
    lines = _lines(tallies, records, rules, last)
    return Figures(
        lines=tuple(lines),
        owners=tuple(_shares(tallies, records, rules, by=2)),
        teams=tuple(_shares(tallies, records, rules, by=3)),
        sources=tuple(_shares(tallies, records, rules, by=4)),
        months=tuple(_months(actor, asked, rules, _now(tallies, records))),
        shows_money=money_told(actor),
    )


def fits(rule: Rule, asked: Asked) -> bool:
    """Whether the board asks for this rule."""
    wanted = not asked.dimension or rule.dimension == asked.dimension
    return wanted and (not asked.record_type or asked.record_type in rule.targets())


Row = tuple[str, str, UUID | None, UUID | None, Source, int, Decimal]


def _rows(actor: Actor, asked: Asked, rules: Mapping[str, Rule]) -> list[Row]:
    """Rule, type, owner, team, source, open, at stake; added up by the database first."""
    found: Any = tallies_for(actor, rules).filter(asked.condition()).order_by()
    names = ("rule", "record_type", "owner_id", "team_id", "source")
    summed = found.values_list(*names).annotate(Sum("open"), Sum("at_stake"))
    rows = [(*row[:4], source_of(row[4]), row[5], row[6]) for row in summed]
    return [row for row in rows if not asked.source or row[4] == asked.source]


def _records(
    actor: Actor, asked: Asked, rules: Mapping[str, Rule]
) -> list[tuple[str, UUID | None, UUID | None, Source, int]]:
    found: Any = populations_for(actor, rules).filter(asked.condition()).order_by()
    summed = found.values_list("record_type", "owner_id", "team_id", "source").annotate(Sum("records"))
    rows = [(row[0], row[1], row[2], source_of(row[3]), row[4]) for row in summed]
    return [row for row in rows if not asked.source or row[3] == asked.source]


def _lines(
    tallies: Iterable[Row], records: Iterable[tuple[Any, ...]], rules: Mapping[str, Rule], last: Mapping[str, int]
) -> list[Line]:
    counts: dict[str, int] = defaultdict(int)
    for record_type, *_rest, count in records:
        counts[record_type] += count
    found: dict[str, Line] = {}
    for key, _type, _owner, _team, _source, count, at_stake in tallies:
        rule = rules[key]
        among = sum(counts[name] for name in rule.targets())
        known = found.get(key) or Line(key, rule, 0, among, Decimal(0), last.get(key, 0) if last else None)
        found[key] = replace(known, open=known.open + count, at_stake=known.at_stake + at_stake)
    return sorted(found.values(), key=lambda line: (_ORDER[line.rule.severity], -line.open, line.key))


def _shares(
    tallies: Iterable[Row], records: Iterable[tuple[Any, ...]], rules: Mapping[str, Rule], *, by: int
) -> list[Share]:
    """Added up by owner (2), team (3) or source (4), the most findings first."""
    among: dict[Any, int] = defaultdict(int)
    for row in records:
        among[row[by - 1]] += row[-1]
    found: dict[Any, list[Any]] = defaultdict(lambda: [0, Decimal(0), 0.0])
    for row in tallies:
        share = found[row[by]]
        share[0] += row[5]
        share[1] += row[6]
        share[2] += row[5] * rules[row[0]].minutes / 60
    shares = [Share(key, count, among[key], stake, hours) for key, (count, stake, hours) in found.items()]
    return sorted(shares, key=lambda share: -share.open)


def _last_month(actor: Actor, asked: Asked, rules: Mapping[str, Rule]) -> dict[str, int]:
    """Open findings by rule at the end of last month; nothing where it was not kept."""
    if asked.owner_id or asked.source:
        return {}
    month = (today().replace(day=1) - timedelta(days=1)).replace(day=1)
    rows: Any = snapshots_for(actor, rules).filter(asked.condition(), month=month).order_by()
    return dict(rows.values_list("rule").annotate(Sum("open")))


def _now(tallies: Iterable[Row], records: Iterable[tuple[Any, ...]]) -> Month:
    return Month(today().replace(day=1), sum(row[5] for row in tallies), sum(row[-1] for row in records))


def _months(actor: Actor, asked: Asked, rules: Mapping[str, Rule], now: Month) -> list[Month]:
    """The last twelve months that were kept, the oldest first, and how this one stands; nothing where there is none."""
    if asked.owner_id or asked.source:
        return []
    rows: Any = snapshots_for(actor, rules).filter(asked.condition(), month__lt=now.month).order_by()
    found: dict[date, int] = dict(rows.values_list("month").annotate(Sum("open")))
    among: dict[tuple[date, str, UUID | None], int] = {}
    for month, record_type, team_id, records in rows.values_list("month", "record_type", "team_id", "records"):
        among[month, record_type, team_id] = max(records, among.get((month, record_type, team_id), 0))
    totals: dict[date, int] = defaultdict(int)
    for (month, _type, _team), records in among.items():
        totals[month] += records
    past = [Month(month, found[month], totals[month]) for month in sorted(found)]
    return [*past, now][-MONTHS:] if past or now.records else []


DIMENSIONS = tuple(Dimension)
