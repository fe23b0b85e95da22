"""Reading the tone of a text: which aspects it speaks of, and by which words."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from .aspects import Aspect
from .lexicon import LANGUAGES
from .lexicon.language import Language

LONGEST = 4_000
"""So many characters of a text are read."""
_PIECE = re.compile(r"(?P<quoted>^[ \t]*>.*$)|(?P<word>[^\W\d_]+?n['’]t\b|[^\W\d_]+)|(?P<end>[.!?;\n])", re.MULTILINE)
_CONTRACTED = ("n't", "n’t", "N'T", "N’T")
_END = ""
_SKIPPED = 2
_BEFORE = 3
_STEM = 3
_LONGEST_WORD = 40


@dataclass(frozen=True)
class Hit:
    """Words that speak of an aspect, as they are written."""

    aspect: Aspect
    words: str


@dataclass(frozen=True)
class _Phrase:
    aspect: Aspect
    language: Language
    words: tuple[str, ...]

    @property
    def holds_negation(self) -> bool:
        return any(word in self.language.before for word in self.words)


class _Word(NamedTuple):
    plain: str
    start: int
    end: int


def tone_of(text: str) -> tuple[Hit, ...]:
    """What a text speaks of, each aspect once for each phrase found, in the order of the text.

    Lines that a mail quotes (`> …`) are somebody else's words, and left out.
    """
    read = unicodedata.normalize("NFC", text[:LONGEST])
    words = list(_words(read))
    found = (hit for place, word in enumerate(words) if _starting(word.plain) for hit in _at(words, place))
    return tuple(Hit(aspect, read[start:end]) for aspect, start, end in found)


def aspects_of(text: str) -> frozenset[Aspect]:
    """The aspects alone."""
    return frozenset(hit.aspect for hit in tone_of(text))


def _words(text: str) -> Iterator[_Word]:
    for match in _PIECE.finditer(text):
        if match.lastgroup == "word":
            is_not = match[0].endswith(_CONTRACTED)
            yield _Word("not" if is_not else _plain(match[0][:_LONGEST_WORD]), *match.span())
        else:
            yield _Word(_END, *match.span())


@lru_cache(maxsize=65_536)
def _plain(word: str) -> str:
    """In small letters, without accents."""
    parted = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def _at(words: Sequence[_Word], place: int) -> Iterator[tuple[Aspect, int, int]]:
    """The phrases that begin at a word; of one aspect the longest."""
    found: dict[Aspect, int] = {}
    for phrase in _starting(words[place].plain):
        last = _last(words, place, phrase)
        if last is not None and not _is_negated(words, place, last, phrase):
            found[phrase.aspect] = max(last, found.get(phrase.aspect, last))
    for aspect, last in found.items():
        yield aspect, words[place].start, words[last].end


def _last(words: Sequence[_Word], place: int, phrase: _Phrase) -> int | None:
    """Where a phrase ends that begins at this word; up to two other words may stand between its own."""
    at = place
    for wanted in phrase.words[1:]:
        following = _next(words, at + 1, wanted, phrase.language)
        if following is None:
            return None
        at = following
    return at


def _next(words: Sequence[_Word], start: int, wanted: str, language: Language) -> int | None:
    for at in range(start, min(start + 1 + _SKIPPED, len(words))):
        plain = words[at].plain
        if _fits(plain, wanted):
            return at
        if plain == _END or plain in language.before:
            return None
    return None


def _fits(plain: str, wanted: str) -> bool:
    return plain.startswith(wanted[:-1]) if wanted[-1] == "*" else plain == wanted


def _is_negated(words: Sequence[_Word], place: int, last: int, phrase: _Phrase) -> bool:
    if phrase.holds_negation:
        return False
    if last + 1 < len(words) and words[last + 1].plain in phrase.language.after:
        return True
    for word in reversed(words[max(0, place - _BEFORE) : place]):
        if word.plain == _END:
            return False
        if word.plain in phrase.language.before:
            return True
    return False


@lru_cache(maxsize=65_536)
def _starting(plain: str) -> tuple[_Phrase, ...]:
    """The phrases that may begin with a word."""
    return tuple(phrase for phrase in _phrases().get(plain[:_STEM], ()) if _fits(plain, phrase.words[0]))


@cache
def _phrases() -> Mapping[str, Sequence[_Phrase]]:
    """All phrases by how their first word begins."""
    found: dict[str, list[_Phrase]] = {}
    for language in LANGUAGES:
        for aspect, listed in language.phrases.items():
            for written in listed.split(","):
                if words := tuple(written.split()):
                    found.setdefault(words[0].removesuffix("*")[:_STEM], []).append(_Phrase(aspect, language, words))
    return found
