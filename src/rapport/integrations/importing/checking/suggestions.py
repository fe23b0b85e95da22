"""What unknown values may mean: the known one most like each, looked for once all rows are read."""

from collections.abc import Iterable
from itertools import groupby

from django.db import connection
from django.utils.translation import gettext as _

from rapport.governance.domains import OpenList
from rapport.integrations.importing.apart import Pair, pairs_apart
from rapport.integrations.importing.known import KnownRecords
from rapport.integrations.importing.similarity import near_miss
from rapport.integrations.importing.targets import importable
from rapport.integrations.models import Decision, DecisionKind, Import

_MOST_DECISIONS = 5_000
_MOST_NAMES = 50_000
_MOST_COMPARISONS = 20_000_000


def suggest(subject: Import, known: KnownRecords) -> None:
    """Add suggestions to the decisions about links and open lists, but for what somebody told apart."""
    apart = set(pairs_apart(subject))
    open_ones = Decision.objects.filter(part_of=subject, suggestion="", kind__in=(DecisionKind.LINK, DecisionKind.OPEN))
    ordered = open_ones.select_related("file").order_by("kind", "scope", "-rows")[:_MOST_DECISIONS]
    decisions = [item for item in ordered if Pair(item.file.name, item.field, item.value) not in apart]
    for (kind, _scope), group in groupby(decisions, key=lambda item: (item.kind, item.scope)):
        members = list(group)
        if kind == DecisionKind.LINK:
            _suggest_records(members, known)
        else:
            _suggest_values(members)
    _save([item for item in decisions if item.suggestion])


def _suggest_records(decisions: list[Decision], known: KnownRecords) -> None:
    names = known.titles(decisions[0].link_to, limit=_MOST_NAMES)
    takes = {title: str(record_id) for title, record_id in names}
    for decision in decisions[: max(1, _MOST_COMPARISONS // max(len(takes), 1))]:
        _note(decision, takes, takes)


def _suggest_values(decisions: list[Decision]) -> None:
    """A value new to a list may be a misspelling of a known one, or of one that more rows have."""
    first = decisions[0]
    domain = importable(first.file.record_type).fields[first.field].domain
    values = list(domain.labels()) if isinstance(domain, OpenList) else []
    for decision in decisions:
        _note(decision, values, {})
        if not decision.suggestion:
            values.append(decision.value)


def _note(decision: Decision, names: Iterable[str], takes: dict[str, str]) -> None:
    found = near_miss(decision.value, names)
    if found:
        decision.suggestion, decision.similarity = found.name, found.similarity
        decision.takes = takes.get(found.name, found.name)
        told = {"share": round(found.similarity * 100), "name": found.name}
        decision.reason = _("%(share)s in a hundred letters are those of “%(name)s”.") % told


def _save(decisions: list[Decision]) -> None:
    names = ("pk", "suggestion", "takes", "similarity", "reason")
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [[getattr(item, name) for item in decisions] for name in names])


_UPDATE = """
UPDATE integrations_decision AS old
SET suggestion = left(new.suggestion, 300), takes = left(new.takes, 300), similarity = new.similarity,
    reason = new.reason
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::float[], %s::text[])
     AS new(id, suggestion, takes, similarity, reason)
WHERE old.id = new.id
"""
