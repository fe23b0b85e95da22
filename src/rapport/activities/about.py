"""What activities are about: subjects, which record types may be one, and what else is meant by naming one.

An activity keeps its subjects in its column `about`, so that history and undo know them like any other value.
Naming a person also means the person's organisation: those subjects are *implied*. A higher layer registers its
record types with `carries_timeline`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rapport.core.actors import Actor, current_actor
from rapport.core.often_asked import planned_once
from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.search_entries import SearchEntry


@dataclass(frozen=True)
class Subject:
    """One record that an activity is about; `implied` when it follows from another subject."""

    record_type: str
    record_id: UUID
    implied: bool = field(default=False, compare=False)

    def as_stored(self) -> dict[str, Any]:
        """The form kept in the column `about`."""
        stored: dict[str, Any] = {"type": self.record_type, "id": str(self.record_id)}
        return stored | {"implied": True} if self.implied else stored


Implies = Callable[[Collection[UUID]], Mapping[UUID, Collection[Subject]]]
Given = Subject | Record | tuple[str, UUID] | Mapping[str, Any]

SUBJECT_TYPES: dict[str, Implies] = {}


def carries_timeline(record_type: str, *, also_about: Implies = lambda _ids: {}) -> None:
    """Let activities be about records of this type; `also_about` gives, for ids, what else each stands for."""
    SUBJECT_TYPES[record_type] = also_about


def carries_no_timeline(record_type: str) -> None:
    """There is no such type any longer."""
    SUBJECT_TYPES.pop(record_type, None)


def subject_of(given: Given) -> Subject:
    """A subject from a record, a pair of type and id, or the stored form; raises `Problem` for other types."""
    if isinstance(given, Subject):
        subject = given
    elif isinstance(given, Record):
        subject = Subject(given.record_type, given.pk)
    elif isinstance(given, Mapping):
        subject = Subject(given["type"], UUID(str(given["id"])), bool(given.get("implied")))
    else:
        subject = Subject(given[0], UUID(str(given[1])))
    if subject.record_type not in SUBJECT_TYPES:
        raise Problem(_("Nothing can be noted about this kind of record: “%(kind)s”.") % {"kind": subject.record_type})
    return subject


def subjects(about: Iterable[Given]) -> list[Subject]:
    """The subjects in order, each once; one that is named is not implied."""
    found: dict[Subject, Subject] = {}
    for subject in sorted(map(subject_of, about), key=lambda subject: subject.implied):
        found.setdefault(subject, subject)
    return list(found.values())


def named(about: Iterable[Given]) -> list[Subject]:
    """The subjects that somebody chose."""
    return [subject for subject in subjects(about) if not subject.implied]


def completed(about: Iterable[Given], *, before: Iterable[Given] = ()) -> list[dict[str, Any]]:
    """The stored form of `about`, with what it implies; unchanged when it names what `before` named.

    Raises `Problem` when the actor may not see one of the subjects that are new.
    """
    wanted, known = named(about), list(before)
    if known and set(wanted) == set(named(known)):
        return [subject.as_stored() for subject in subjects(known)]
    _refuse_unseen(set(wanted) - set(named(known)))
    implied = implied_by(wanted)
    also = [subject for source in wanted for subject in implied[source]]
    return [subject.as_stored() for subject in subjects([*wanted, *also])]


def complete_many(rows: Iterable[dict[str, Any]]) -> None:
    """Put `about` of many new rows into its stored form, in place; one question per record type for all of them.

    Whether the subjects may be seen is not asked: whoever writes many rows has found them among what may be.
    """
    wanted = [(row, named(row["about"])) for row in rows if row.get("about")]
    implied = implied_by({subject for _row, chosen in wanted for subject in chosen})
    for row, chosen in wanted:
        also = [subject for source in chosen for subject in implied[source]]
        row["about"] = [subject.as_stored() for subject in subjects([*chosen, *also])]


def implied_by(sources: Iterable[Subject]) -> Mapping[Subject, list[Subject]]:
    """What each of these subjects implies, as far as the actor may see it; one question per record type."""
    found: dict[Subject, list[Subject]] = defaultdict(list)
    for record_type, ids in _by_type(sources).items():
        for key, also in SUBJECT_TYPES[record_type](ids).items():
            implied = [Subject(subject.record_type, subject.record_id, implied=True) for subject in also]
            found[Subject(record_type, key)] += implied
    seen = visible({subject for also in found.values() for subject in also}, current_actor())
    return defaultdict(list, {key: [subject for subject in also if subject in seen] for key, also in found.items()})


def visible(sought: Iterable[Subject], actor: Actor) -> set[Subject]:
    """Those of the subjects that exist and that the actor may see."""
    found: set[Subject] = set()
    for record_type, ids in _by_type(sought).items():
        rows = RECORD_TYPES[record_type].objects.visible_to(actor).filter(pk__in=ids)
        found |= {Subject(record_type, key) for key in rows.values_list("pk", flat=True)}
    return found


def titles_of(record_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The titles of records of any type that is searched; one question. Ask only for what the actor may see."""
    wanted = list(set(record_ids))
    return dict(_titles(wanted=wanted)) if wanted else {}


@planned_once
def _titles(*, wanted: list[UUID]) -> "QuerySet[SearchEntry, tuple[UUID, str]]":
    return SearchEntry.objects.filter(record_id__among=wanted).values_list("record_id", "title")


def _refuse_unseen(sought: set[Subject]) -> None:
    if sought - visible(sought, current_actor()):
        raise Problem(_("What this is about was not found: it was deleted, or you may not see it. Choose it again."))


def _by_type(sought: Iterable[Subject]) -> dict[str, list[UUID]]:
    ids: dict[str, list[UUID]] = defaultdict(list)
    for subject in sought:
        ids[subject.record_type].append(subject.record_id)
    return ids
