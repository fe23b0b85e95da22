"""The values that proposals speak of, in words: each as its field is read, records under their titles."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from rapport.core.actors import Actor
from rapport.core.verbs import VERBS
from rapport.governance.dictionary import Field, entries
from rapport.governance.domains import Link
from rapport.oversight.calls import decoded
from rapport.oversight.models import OwnAnswer, Proposal
from rapport.web.records.lookup import titles_of
from rapport.web.records.values import in_words

Titles = Mapping[UUID, str]


def field_of(proposal: Proposal, name: str) -> Field | None:
    """The dictionary's field behind an argument, if it is one that is typed."""
    declared = VERBS.get(proposal.verb_name)
    for record_type in filter(None, (proposal.subject_type, declared.sets if declared else "")):
        entry = entries().get(record_type)
        field = entry and (entry.fields.get(name) or entry.fields.get(name.removesuffix("_id")))
        if field:
            return field
    return None


def values_of(proposals: Iterable[Proposal]) -> Iterator[tuple[Field | None, Any]]:
    """Each value that proposals speak of, before and after, with its field."""
    for one in proposals:
        for name, after in one.arguments.items():
            field = field_of(one, name)
            yield field, one.before.get(name)
            yield field, after


def values_given(answers: Iterable[OwnAnswer]) -> Iterator[tuple[Field | None, Any]]:
    """Each value that somebody answered before the proposal was shown, with its field."""
    return ((field_of(one.proposal, name), value) for one in answers for name, value in one.values.items())


def titles_in(values: Iterable[tuple[Field | None, Any]], actor: Actor) -> Titles:
    """The titles of all records that values name, as far as the reader sees them: one question for all."""
    wanted: dict[str, set[UUID]] = {}
    for field, stored in values:
        for record_type, key in _named(field, stored):
            wanted.setdefault(record_type, set()).add(key)
    return titles_of(wanted, actor)


def worded(field: Field | None, stored: Any, titles: Titles) -> str:
    """A stored value as a person reads it; `…` for a record that the reader does not see."""
    if named := _named(field, stored):
        return ", ".join(titles.get(key, "…") for _type, key in named)
    if isinstance(stored, dict) and "$uuid" in stored:
        return ""
    value = decoded(stored)
    if field is None:
        return "" if value is None else str(value)
    return in_words(field, value)


def _named(field: Field | None, stored: Any) -> list[tuple[str, UUID]]:
    """Type and id of the records that a stored value is."""
    found = []
    for one in stored if isinstance(stored, list) else [stored]:
        if isinstance(one, dict) and "$record" in one:
            found.append((one["$record"][0], UUID(one["$record"][1])))
        elif isinstance(one, dict) and "$uuid" in one and field is not None and isinstance(field.domain, Link):
            found.append((field.domain.target, UUID(one["$uuid"])))
    return found
