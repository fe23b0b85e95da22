"""Records that may be the same as one just being typed: what the form shows, and what it remembers."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.http import QueryDict
from django.utils.functional import cached_property

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.directory.models import Organisation, Person
from rapport.governance.dictionary import entry_of
from rapport.leads.models import Lead
from rapport.quality.duplicates.entry import Resembling, Typed, on_record_already, resembling
from rapport.quality.duplicates.tables import COMPARED
from rapport.quality.models import DuplicateDecision, PairVerdict
from rapport.web.places import record_address

_LONGEST = 200
_MOST = 10


@dataclass(frozen=True)
class LookAlike:
    """A record that may be the same, why, and whether the user said that it isn't; `key` opens it with Alt."""

    found: Resembling
    key: int
    is_other: bool

    @property
    def kind(self) -> str:
        """What it is."""
        return str(entry_of(self.found.record.record_type).label)

    @cached_property
    def href(self) -> str:
        """Its page."""
        return record_address(self.found.record.record_type, self.found.record.pk)


def alike(model: type[Record], given: QueryDict, actor: Actor) -> list[LookAlike]:
    """The visible records that look like what was typed, with those called different last.

    For a lead these are people and organisations too.
    """
    others, typed = {str(key) for key in _others(given)}, _typed(given)
    found = resembling(actor, model, typed)
    if model is Lead:
        found = [*on_record_already(actor, typed, company=_clean(given.get("organisation_name"))), *found]
    ordered = sorted(found, key=lambda one: str(one.record.pk) in others)
    return [LookAlike(one, key, str(one.record.pk) in others) for key, one in enumerate(ordered, start=1)]


def remember_others(made: Record, given: QueryDict, actor: Actor) -> None:
    """Keep of the records that the user called different that they are not the same as the new one."""
    if not may_remember(actor, made.record_type):
        return
    for key in _seen_of(type(made), _others(given), actor) - {made.pk}:
        DuplicateDecision.decide(for_type=made.record_type, one=key, other=made.pk, verdict=PairVerdict.DIFFERENT)


def _seen_of(model: type[Record], keys: Sequence[UUID], actor: Actor) -> set[UUID]:
    """Those of the records that are of a type that is compared with this one, and that the actor sees."""
    models = (model, Person, Organisation) if model is Lead else (model,)
    seen = (one.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True) for one in models)
    return set(chain.from_iterable(seen))


def may_remember(actor: Actor, record_type: str) -> bool:
    """Whether pairs of this type are looked for, and the actor may say which are none."""
    return record_type in COMPARED and actor.may("duplicatedecision.decide")


def _others(given: QueryDict) -> list[UUID]:
    """The records ticked as different."""
    found = []
    for text in given.getlist("unlike")[:_MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _typed(given: QueryDict) -> Typed:
    """The name is one field, or a person's first and last name."""
    parts = [_clean(given.get(part)) for part in ("first_name", "last_name")]
    return Typed(
        name=" ".join((_clean(given.get("name")) or " ".join(parts)).split())[:120],
        mails=_cleaned(given.getlist("emails__value")),
        phones=_cleaned(given.getlist("phones__value")),
        website=_clean(given.get("website")),
        vat_number=_clean(given.get("vat_number")),
        company_number=_clean(given.get("company_number")),
        organisation=_clean(given.get("organisation")),
        town=_clean(given.get("addresses__city")),
    )


def _cleaned(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(_clean(value) for value in values[:_MOST])


def _clean(text: str | None) -> str:
    return (text or "").replace("\x00", "").strip()[:_LONGEST]
