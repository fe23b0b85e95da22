"""Which record type a file holds and which column is which field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

from rapport.integrations.importing.guessing.headings import Fit, fit, suits
from rapport.integrations.importing.guessing.profiles import Kind, Profile
from rapport.integrations.importing.guessing.targets import EXTERNAL_ID, Target
from rapport.integrations.importing.similarity import words

_LEAST = 0.35


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file probably is: a record type (or ""), a fit per mapped column, how sure, and why."""

    record_type: str
    fits: tuple[Fit, ...]
    score: float
    reason: str

    @property
    def mapping(self) -> dict[str, str]:
        """Field by column."""
        return {item.column: item.field for item in self.fits}


@dataclass(frozen=True, slots=True)
class Precedent:
    """How an earlier import with the same headings was mapped."""

    columns: tuple[str, ...]
    record_type: str
    mapping: Mapping[str, str]


def guess(
    file_name: str, profiles: Sequence[Profile], targets: Iterable[Target], *, precedents: Iterable[Precedent] = ()
) -> Guess:
    """The best guess for a file: as an earlier import with the same headings, else by name and content."""
    columns = tuple(profile.column for profile in profiles)
    for precedent in precedents:
        if precedent.columns == columns:
            fits = tuple(
                Fit(column, name, 1.0, _("As in an earlier import.")) for column, name in precedent.mapping.items()
            )
            return Guess(precedent.record_type, fits, 1.0, _("An earlier import had the same headings."))
    guesses = [guess_mapping(file_name, profiles, target) for target in targets]
    best = max(guesses, key=lambda item: item.score, default=Guess("", (), 0.0, ""))
    if best.score < _LEAST:
        return Guess("", (), best.score, _("The headings name no known record type. Choose one."))
    return best


def guess_mapping(file_name: str, profiles: Sequence[Profile], target: Target) -> Guess:
    """The best mapping of a file's columns to one target: the surest pairs first, each column and field once."""
    pairs = [(profile, item) for profile in profiles for item in target.fields.values()]
    possible = [found for profile, item in pairs if (found := fit(profile, item, target))]
    possible.sort(key=lambda item: -item.score)
    fits: dict[str, Fit] = {}
    taken: set[str] = set()
    for item in possible:
        if item.column not in fits and item.field not in taken:
            fits[item.column] = item
            taken.add(item.field)
    _give_title(profiles, target, fits, taken)
    return _judged(file_name, profiles, target, fits)


def _give_title(profiles: Sequence[Profile], target: Target, fits: dict[str, Fit], taken: set[str]) -> None:
    """A record type whose name field found no column takes the first column of text that differs in each row."""
    title = next((item for item in target.fields.values() if item.title), None)
    if title is None or title.name in taken:
        return
    for profile in profiles:
        if profile.column not in fits and profile.unique and profile.kind is Kind.TEXT and suits(profile, title):
            fits[profile.column] = Fit(profile.column, title.name, 0.3, _("Its texts differ in each row."))
            return


def _judged(file_name: str, profiles: Sequence[Profile], target: Target, fits: dict[str, Fit]) -> Guess:
    """Sureness: how much of the file is explained, what the type needs and is there, the file's name."""
    needed = [item.name for item in target.fields.values() if item.mandatory or item.title]
    found = {item.field for item in fits.values()}
    explained = sum(item.score for item in fits.values()) / max(len(profiles), 1)
    complete = sum(name in found for name in needed) / max(len(needed), 1)
    named = _file_names(file_name, target)
    ordered = tuple(fits[profile.column] for profile in profiles if profile.column in fits)
    told = {"found": len(ordered), "all": len(profiles)}
    reason = _("%(found)s of %(all)s columns are fields of it.") % told
    score = (0.55 * explained + 0.2 * complete + 0.25 * named) * _sameness(profiles, target, fits)
    return Guess(target.record_type, ordered, score, reason)


def _sameness(profiles: Sequence[Profile], target: Target, fits: dict[str, Fit]) -> float:
    """Under 1 where names repeat and no identifier tells the rows apart: then the rows are something else."""
    fields = {item.column: item.field for item in fits.values()}
    if EXTERNAL_ID in fields.values():
        return 1.0
    titles = {item.name for item in target.fields.values() if item.title}
    shares = [
        profile.distinct_share for profile in profiles if fields.get(profile.column) in titles and profile.distinct
    ]
    return min([1.0, *(0.4 + 0.6 * share for share in shares)])


def _file_names(file_name: str, target: Target) -> bool:
    """Whether the file is called after the record type: accounts.csv, export_contacts_2026.xlsx."""
    named = words(PurePath(file_name).stem)
    return any(_within(words(name), named) for name in target.names)


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return bool(part) and any(whole[start : start + len(part)] == part for start in range(len(whole)))
