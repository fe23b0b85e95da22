"""Who loses sight of records: noted in the transaction that takes it, for whoever keeps what was worked out of them.

What an actor's rights say by themselves (role, teams, rules, hidden fields, territories it belongs to) needs no mark:
whoever keeps something keeps it for these rights. Marked is what they don't say: a share taken back, a record that
went to another owner or team, an organisation that left a territory, a record that was deleted.
"""

from collections.abc import Collection, Iterator
from datetime import timedelta
from uuid import UUID

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.snapshots import Values
from rapport.core.work import RowChange, Work

from .models import OwnedRecord, Scope, Share, SightLoss
from .models.visibility import scopes_in_force

EVERYBODY, WHOEVER_IS_RESTRICTED, IN_TERRITORIES = UUID(int=0), UUID(int=1), UUID(int=2)

SIGHT = """
SELECT count(*) || ':' || coalesce(sum(id), 0) FROM identity_sightloss WHERE subject = ANY(%s)
"""
"""A text that is another one as soon as any of these subjects lost sight of anything.

The sum, as the newest number may be seen before older ones are committed, and old marks are forgotten meanwhile.
"""

_REMEMBERED = timedelta(hours=30)


def subjects_of(actor: Actor) -> list[UUID]:
    """Whose losses concern the actor."""
    if actor.sees_everything:
        return [EVERYBODY]
    own = [actor.user_id] if actor.user_id else []
    placed = [IN_TERRITORIES, *actor.territory_ids] if actor.territory_ids else []
    return [EVERYBODY, WHOEVER_IS_RESTRICTED, *own, *actor.team_ids, *placed]


def note_losses(work: Work) -> None:
    """Mark who loses sight by what a verb wrote; done once, before its event."""
    before = [row for row in work.rows.values() if row.before is not None]
    subjects = {subject for row in before for subject in _taken_from(row)}
    handed = [row for row in before if _is_handed_over(row)]
    if handed:
        subjects |= _losing(handed)
    mark_losses(subjects)


def mark_losses(subjects: Collection[UUID]) -> None:
    """Mark that these lose sight of something; within the transaction that takes it."""
    SightLoss.objects.bulk_create([SightLoss(subject=one) for one in sorted(subjects)])


def forget_losses() -> None:
    """Drop marks older than anything that is kept."""
    SightLoss.objects.filter(at__lt=now() - _REMEMBERED).delete()


def _taken_from(row: RowChange) -> Iterator[UUID]:
    """Shares that were changed or taken back, and records that are gone."""
    if row.before is None:
        return
    if issubclass(row.record, Share):
        yield from (row.before[name] for name in ("user_id", "team_id") if row.before[name])
    elif row.after is None and issubclass(row.record, OwnedRecord) and row.record.is_shareable:
        yield EVERYBODY


def _is_handed_over(row: RowChange) -> bool:
    """Whether the record has another owner, team or organisation than before."""
    return issubclass(row.record, OwnedRecord) and any(
        _differs(row, name) for name in ("owner_id", "team_id", row.record.territory_path)
    )


def _differs(row: RowChange, name: str) -> bool:
    if not row.before or not row.after or name not in row.before:
        return False
    return str(row.before[name]) != str(row.after.get(name))


def _losing(handed: list[RowChange]) -> set[UUID]:
    """Those that had the records, where a rule keeps them from others; and who sees them by their organisation."""
    scopes, found = scopes_in_force(), set[UUID]()
    for row in handed:
        model = row.record
        assert issubclass(model, OwnedRecord)
        if Scope(scopes.get(model.record_type, model.default_scope)) is not Scope.EVERYONE:
            found |= _holders(row.before or {})
            if _differs(row, model.territory_path):
                found.add(IN_TERRITORIES)
    return found


def _holders(values: Values) -> set[UUID]:
    """Owner and team; a record without either was seen by all."""
    return {values[name] for name in ("owner_id", "team_id") if values[name]} or {WHOEVER_IS_RESTRICTED}
