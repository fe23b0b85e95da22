"""Whose rights an import has: those of whoever started it, asked anew for each chunk."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.actors import SYSTEM, Actor, acting_as, current_actor
from rapport.core.problems import Forbidden
from rapport.core.records import Record
from rapport.identity.actors import actor_now
from rapport.integrations.importing.targets import importable, may_fill
from rapport.integrations.models import Import


def actor_of(subject: Import) -> Actor:
    """Whoever started the import, with the rights they have now; the system for one started from the command line."""
    started_by: UUID | None = subject.__dict__["started_by_id"]
    return actor_now(started_by, source="import") if started_by else SYSTEM


@contextmanager
def with_rights_of_now(subject: Import) -> Iterator[None]:
    """Within the block act as whoever imports may now; raises `Forbidden` when that is less than the import needs."""
    with acting_as(actor_of(subject)) as actor:
        for file in subject.files.exclude(record_type=""):
            _refuse_lost(actor, file.record_type, file.mapping.values())
        yield


def _refuse_lost(actor: Actor, record_type: str, names: Collection[str]) -> None:
    target = importable(record_type)
    lost = [target.fields[name].label for name in names if name in target.fields and not may_fill(record_type, name)]
    if lost or not actor.may(f"{record_type}.create"):
        told = {"what": ", ".join(map(str, lost)) or target.entry.plural}
        raise Forbidden(
            _("Meanwhile you may no longer import “%(what)s”. Ask an administrator, or start a new import.") % told
        )


def unchangeable(model: type[Record], record_ids: Collection[UUID]) -> set[UUID]:
    """Of these records those that the actor sees but may not change, or does not see at all."""
    actor = current_actor()
    if not record_ids or not model.restricts(actor):
        return set()
    seen = model.objects.visible_to(actor).in_bulk(list(record_ids))
    return {key for key in record_ids if key not in seen or not seen[key].may_be_changed_by(actor)}
