"""What somebody said is not the same, though it reads so: kept with the import's options, obeyed by its next check."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rapport.core.problems import Problem
from rapport.integrations.importing.progress import note
from rapport.integrations.models import Decision, DecisionKind, Import, ImportFile, Status

_OPTION = "not_same"
_LONGEST = 300


@dataclass(frozen=True)
class Pair:
    """A value of a field of a file that is not what it reads as."""

    file: str
    field: str
    value: str


@dataclass(frozen=True)
class Apart:
    """The values of one file that are not what they read as, by field."""

    values: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def has(self, field_name: str, text: str) -> bool:
        """Whether somebody said so of this text."""
        return text[:_LONGEST] in self.values.get(field_name, ())


def pairs_apart(subject: Import) -> list[Pair]:
    """All that was said of an import."""
    return [Pair(*parts) for parts in subject.options.get(_OPTION, ())]


def apart_in(file: ImportFile) -> Apart:
    """What was said of one file."""
    values = defaultdict(set)
    for pair in pairs_apart(file.part_of):
        if pair.file == file.name:
            values[pair.field].add(pair.value)
    return Apart({name: frozenset(texts) for name, texts in values.items()})


def interpretations(subject: Import) -> QuerySet[Decision]:
    """What the check took as the same as something known, and what can be told apart from it."""
    return Decision.objects.filter(part_of=subject, kind=DecisionKind.SAME).exclude(value="")


def tell_apart(subject: Import, decisions: Iterable[Decision]) -> None:
    """Say of these interpretations that they are wrong; the next check obeys. Raises `Problem` when it is too late."""
    said = [Pair(decision.file.name, decision.field, decision.value) for decision in decisions]
    _keep(subject, [*pairs_apart(subject), *said])


def hold_same(subject: Import, pairs: Iterable[Pair]) -> None:
    """Take it back: these are the same after all."""
    gone = set(pairs)
    _keep(subject, [pair for pair in pairs_apart(subject) if pair not in gone])


def tell_apart_by_name(subject: Import, rules: Iterable[str]) -> bool:
    """Say so by rules such as `accounts.csv:sector:soft ware` or `sector:soft ware`; whether there were any."""
    found: list[Decision] = []
    for rule in rules:
        where, colon, value = rule.rpartition(":")
        if not colon:
            message = _("“%(rule)s” doesn't name a value. Write FIELD:VALUE or FILE:FIELD:VALUE.")
            raise Problem(message % {"rule": rule})
        file_name, _colon, field_name = where.rpartition(":")
        meant = interpretations(subject).filter(field=field_name, value=value).select_related("file")
        meant = meant.filter(file__name=file_name) if file_name else meant
        if not meant:
            message = _("“%(value)s” in “%(where)s” is not taken as anything else. The dry run lists what is.")
            raise Problem(message % {"value": value, "where": where})
        found += meant
    if found:
        tell_apart(subject, found)
    return bool(found)


def _keep(subject: Import, pairs: Iterable[Pair]) -> None:
    if subject.status != Status.CHECKED:
        raise Problem(_("What is the same is said after the check and before the run."))
    kept = [[pair.file, pair.field, pair.value] for pair in dict.fromkeys(pairs)]
    note(subject, options=subject.options | {_OPTION: kept})
