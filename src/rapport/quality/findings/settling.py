"""Settling: from what rules found now and what stands in the table to findings that open, change and end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from rapport.core.clock import now
from rapport.core.records import Record

from ..models import Finding, FindingState
from ..models.dismissal import dismissed_among
from ..ruling import Found, Rule
from .circumstances import Circumstances, circumstances_of
from .tallies import count_changes
from .writing import write_changed, write_new

Key = tuple[UUID, str, str]
_LOCK = 8_136_001


@dataclass
class Settled:
    """What settling did: findings that are new, that changed (before, after), and those of records that are gone."""

    new: list[Finding] = field(default_factory=list)
    changed: list[tuple[Finding, Finding]] = field(default_factory=list)
    gone: list[Finding] = field(default_factory=list)


def settle(
    model: type[Record], ids: Sequence[UUID], found: Mapping[Key, Found], *, rules: Mapping[str, Rule]
) -> Settled:
    """Bring the findings of these records in step with what was found; other records' findings stay."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    known = {_key(one): one for one in Finding.objects.filter(record_id__among=list(ids))}
    concerned = {key[0] for key in found} | {key[0] for key in known}
    around = circumstances_of(model, concerned, {key: rules[key[1]] for key in found if key not in known})
    settled = Settled()
    _meet(settled, model, found, known, around)
    _leave(settled, found, known, around, rules)
    write_new(settled.new)
    write_changed([after for _before, after in settled.changed])
    Finding.objects.filter(pk__in=[one.pk for one in settled.gone]).delete()
    count_changes(
        before=[*(before for before, _after in settled.changed), *settled.gone],
        after=[*settled.new, *(after for _before, after in settled.changed)],
    )
    return settled


def _key(finding: Finding) -> Key:
    return finding.record_id, finding.rule, finding.field


def _meet(
    settled: Settled,
    model: type[Record],
    found: Mapping[Key, Found],
    known: Mapping[Key, Finding],
    around: Circumstances,
) -> None:
    """What is found now: new, found again, or known."""
    dismissed = dismissed_among([key[0] for key in found]) if found else set()
    for key, one in found.items():
        imprint = around.imprint(model, key[0], one.field)
        state = FindingState.DISMISSED if (*key, imprint) in dismissed else FindingState.OPEN
        before = known.get(key)
        after = _finding(model, key, one, state=state, imprint=imprint, around=around, before=before)
        if before is None:
            settled.new.append(after)
        elif _as_stored(before) != _as_stored(after):
            settled.changed.append((before, after))


def _finding(
    model: type[Record],
    key: Key,
    one: Found,
    *,
    state: FindingState,
    imprint: str,
    around: Circumstances,
    before: Finding | None,
) -> Finding:
    record_id, rule, name = key
    is_new = before is None or before.state == FindingState.FIXED
    owner_id, team_id = around.owners.get(record_id, (None, None))
    return Finding(
        pk=before.pk if before else None,
        rule=rule,
        record_type=model.record_type,
        record_id=record_id,
        field=name,
        state=state,
        proposal=_plain(one.proposal),
        confidence=one.confidence,
        imprint=imprint,
        source=around.source(record_id, name) if before is None else before.source,
        owner_id=owner_id,
        team_id=team_id,
        at_stake=around.at_stake.get(record_id, 0),
        found_at=now() if is_new or before is None else before.found_at,
        ended_at=None,
    )


def _leave(
    settled: Settled,
    found: Mapping[Key, Found],
    known: Mapping[Key, Finding],
    around: Circumstances,
    rules: Mapping[str, Rule],
) -> None:
    """What is not found any more is put right; findings of records or rules that are gone go with them."""
    for key, before in known.items():
        if key in found:
            continue
        if key[0] not in around.owners or key[1] not in rules:
            settled.gone.append(before)
        elif before.state != FindingState.FIXED:
            after = Finding.from_db(None, *_columns(before))
            after.state, after.ended_at = FindingState.FIXED, now()
            settled.changed.append((before, after))


def _columns(finding: Finding) -> tuple[list[str], list[Any]]:
    names = [one.attname for one in Finding._meta.concrete_fields]
    return names, [getattr(finding, name) for name in names]


def _as_stored(finding: Finding) -> tuple[Any, ...]:
    return (
        finding.state,
        finding.proposal,
        finding.confidence,
        finding.imprint,
        finding.owner_id,
        finding.team_id,
        finding.at_stake,
    )


def _plain(proposal: Any) -> Any:
    """A proposal as JSON keeps it."""
    return None if proposal is None else orjson.loads(orjson.dumps(proposal, default=str))
