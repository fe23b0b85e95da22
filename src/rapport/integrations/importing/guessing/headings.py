"""How well a heading and a column's content fit a field."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from rapport.integrations.importing.guessing.profiles import Kind, Profile
from rapport.integrations.importing.guessing.targets import Content, Target, TargetField
from rapport.integrations.importing.similarity import words

_FILLER = frozenset(("of", "the", "a", "de", "da", "do", "du", "des", "la", "le", "el", "s", "d", "l"))
_FITTING: dict[Content, frozenset[Kind]] = {
    Content.NUMBER: frozenset({Kind.INTEGER, Kind.DECIMAL}),
    Content.DATE: frozenset({Kind.DATE, Kind.DATETIME}),
    Content.YES_NO: frozenset({Kind.BOOLEAN}),
    Content.EMAIL: frozenset({Kind.EMAIL}),
    Content.URL: frozenset({Kind.URL}),
    Content.PHONE: frozenset({Kind.PHONE, Kind.INTEGER}),
    Content.CHOICE: frozenset({Kind.CHOICE, Kind.TEXT, Kind.CODE, Kind.INTEGER, Kind.BOOLEAN}),
    Content.LINK: frozenset({Kind.CHOICE, Kind.TEXT, Kind.CODE, Kind.INTEGER, Kind.EMAIL, Kind.URL}),
    Content.IDENTIFIER: frozenset({Kind.TEXT, Kind.INTEGER, Kind.CODE, Kind.PHONE}),
}
_TEXTUAL = frozenset({Kind.TEXT, Kind.CHOICE, Kind.CODE, Kind.LONG_TEXT, Kind.INTEGER, Kind.BOOLEAN})
_TELLING = {Kind.EMAIL: Content.EMAIL, Kind.PHONE: Content.PHONE, Kind.URL: Content.URL}


@dataclass(frozen=True, slots=True)
class Fit:
    """A column that could be a field: how sure (0 to 1), and why in words."""

    column: str
    field: str
    score: float
    reason: str


def fit(profile: Profile, item: TargetField, target: Target) -> Fit | None:
    """How well a column fits a field of a target; None where it doesn't."""
    named, reason = _named(words(profile.column), item, target)
    if not named and _TELLING.get(profile.kind) is item.content:
        named, reason = 0.5, _("Its values look like it.")
    if not named or not suits(profile, item):
        return None
    return Fit(profile.column, item.name, named, reason)


def suits(profile: Profile, item: TargetField) -> bool:
    """Whether what the column holds can go into the field."""
    if profile.kind is Kind.EMPTY:
        return True
    if item.content is Content.IDENTIFIER and profile.distinct > 1 and profile.distinct_share < 0.5:
        return False
    fitting = _FITTING.get(item.content)
    if fitting is None:
        return item.content is not Content.TEXT or profile.kind in _TEXTUAL or not item.title
    return profile.kind in fitting


def _named(heading: tuple[str, ...], item: TargetField, target: Target) -> tuple[float, str]:
    """How sure the heading's words name the field, with the reason."""
    if not heading:
        return 0.0, ""
    bare = _without_type(heading, target)
    best, reason = 0.0, ""
    for position, name in enumerate(item.names):
        wanted = words(name)
        score = max(_alike(heading, wanted), 0.97 * _alike(bare, wanted) if bare else 0.0)
        score -= 0.0005 * min(position, 20)
        if score > best:
            best, reason = score, _("The heading means “%(name)s”.") % {"name": name}
    if item.title and not bare:
        best, reason = max((best, reason), (0.9, _("The heading is the name of the record type.")))
    return (best, reason) if best >= 0.6 else (0.0, "")


def _without_type(heading: tuple[str, ...], target: Target) -> tuple[str, ...]:
    """The heading without the name of its own record type: ("account", "name") is ("name",) for an organisation."""
    for name in target.names:
        own = words(name)
        if heading[: len(own)] == own:
            return heading[len(own) :]
    return heading


def _alike(heading: tuple[str, ...], wanted: tuple[str, ...]) -> float:
    if heading == wanted or "".join(heading) == "".join(wanted):
        return 1.0
    here, there = frozenset(heading) - _FILLER, frozenset(wanted) - _FILLER
    if not here or not there:
        return 0.0
    if here == there:
        return 0.95
    common = len(here & there)
    if there < here:
        return 0.6 + 0.25 * common / len(here)
    ratio = fuzz.ratio(" ".join(heading), " ".join(wanted)) / 100
    return 0.9 * ratio if ratio >= 0.84 else 0.0
