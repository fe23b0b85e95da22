"""How well a heading and a column's content fit a field."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

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
_LEAST_RATIO = 84  # of 100: how alike two spellings must be to be the same


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


@dataclass(frozen=True, slots=True)
class _Said:
    """A heading or name by its words: one after the other, without spaces, and those that tell something."""

    words: tuple[str, ...]
    spaced: str
    joined: str
    telling: frozenset[str]


@lru_cache(maxsize=16_384)
def _said(text: tuple[str, ...]) -> _Said:
    return _Said(text, " ".join(text), "".join(text), frozenset(text) - _FILLER)


@dataclass(frozen=True, slots=True)
class _Names:
    """What people call a field, ready to be compared with many headings."""

    said: tuple[_Said, ...]
    spaced: tuple[str, ...]
    joined: frozenset[str]
    telling: frozenset[str]

    def may_mean(self, heading: _Said) -> bool:
        """Whether a heading could be one of the names at all: quick, since most headings are none of most fields."""
        if heading.joined in self.joined or not self.telling.isdisjoint(heading.telling):
            return True
        return process.extractOne(heading.spaced, self.spaced, scorer=fuzz.ratio, score_cutoff=_LEAST_RATIO) is not None


@lru_cache(maxsize=4_096)
def _names(texts: tuple[str, ...]) -> _Names:
    said = tuple(_said(words(text)) for text in texts)
    telling = frozenset(word for name in said for word in name.telling)
    return _Names(said, tuple(name.spaced for name in said), frozenset(name.joined for name in said), telling)


def _named(heading: tuple[str, ...], item: TargetField, target: Target) -> tuple[float, str]:
    """How sure the heading's words name the field, with the reason."""
    if not heading:
        return 0.0, ""
    whole, bare = _said(heading), _said(_without_type(heading, target.names))
    best, meant, names = 0.0, "", _names(item.names)
    if names.may_mean(whole) or (bare is not whole and names.may_mean(bare)):
        for position, wanted in enumerate(names.said):
            score = _likeness(whole, bare, wanted) - 0.0005 * min(position, 20)
            if score > best:
                best, meant = score, item.names[position]
    if item.title and not bare.words and best < 0.9:
        return 0.9, _("The heading is the name of the record type.")
    return (best, _("The heading means “%(name)s”.") % {"name": meant}) if best >= 0.6 else (0.0, "")


@lru_cache(maxsize=16_384)
def _without_type(heading: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """The heading without the name of its own record type: ("account", "name") is ("name",) for an organisation."""
    for name in names:
        own = words(name)
        if heading[: len(own)] == own:
            return heading[len(own) :]
    return heading


def _likeness(whole: _Said, bare: _Said, wanted: _Said) -> float:
    """How alike heading and name are, with the record type's own name left out or not."""
    found = _alike(whole, wanted)
    return max(found, 0.97 * _alike(bare, wanted)) if bare.words and bare is not whole else found


def _alike(heading: _Said, wanted: _Said) -> float:
    if heading.joined == wanted.joined:
        return 1.0
    if not heading.telling or not wanted.telling:
        return 0.0
    if heading.telling == wanted.telling:
        return 0.95
    if wanted.telling < heading.telling:
        return 0.6 + 0.25 * len(wanted.telling) / len(heading.telling)
    return 0.9 * fuzz.ratio(heading.spaced, wanted.spaced, score_cutoff=_LEAST_RATIO) / 100
