"""What agrees, in a few words, as far as somebody reads the fields that say so."""

from collections.abc import Mapping

from rapport.core.actors import Actor
from rapport.governance.dictionary import entry_of

from .tables import COMPARED, Compared

LITTLE = 0.5
_OF_LEADS = {"organisation": "organisation_name", "name": "organisation_name"}


def told_to(actor: Actor, record_type: str) -> dict[str, Compared]:
    """The columns whose fields the actor reads, by key: the others are not told of."""
    readable = entry_of(record_type).readable_by(actor)
    return {column.key: column for column in COMPARED[record_type] if all(name in readable for name in column.fields)}


def agreeing(actor: Actor, record_type: str, evidence: Mapping[str, float]) -> str:
    """The fields that speak most for a pair."""
    return _most_telling(told_to(actor, record_type), evidence)


def agreeing_with_lead(actor: Actor, kind: str, evidence: Mapping[str, float]) -> str:
    """The same for a lead and a record of another type: what is told must be readable in both."""
    readable = set(entry_of("lead").readable_by(actor))
    columns = told_to(actor, kind).items()
    return _most_telling({key: one for key, one in columns if _of_lead(one) <= readable}, evidence)


def _of_lead(column: Compared) -> set[str]:
    return {_OF_LEADS.get(name, name) for name in column.fields}


def _most_telling(columns: Mapping[str, Compared], evidence: Mapping[str, float]) -> str:
    telling = [key for key, bits in evidence.items() if bits >= LITTLE and key in columns]
    return ", ".join(str(columns[key].label) for key in sorted(telling, key=lambda key: -evidence[key])[:3])
