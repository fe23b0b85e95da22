"""Spelling: the words that records are found by, so that a mistyped one leads to what was meant.

Looking for a typo among a few hundred thousand words costs the same however many millions of records hold them. Words
are only ever added; one that no record holds any more leads nowhere and harms nobody. Written without a unique
constraint on purpose: two writers of the same new word must not wait for each other.
"""

import re
from collections.abc import Iterable, Sequence

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection, models, transaction
from django.db.models import F
from rapidfuzz import fuzz

LEAST_LENGTH = 3
_WORDS = re.compile(rf"[^\W\d_]{{{LEAST_LENGTH},30}}")
_CANDIDATES = 40
_SPELLINGS = 4
_LEAST_LIKENESS = 70
_MOST_REMEMBERED = 100_000
_SIMILARITY = 0.33  # a third of the parts of three letters: generous, since what comes back is compared as a whole

_remembered: set[str] = set()


class KnownWord(models.Model):
    """One word of the search entries; seldom twice."""

    word = models.CharField(max_length=30)

    class Meta:
        indexes = [
            models.Index(fields=["word"], name="known_word"),
            GinIndex(OpClass(F("word"), name="gin_trgm_ops"), name="known_word_trigrams"),
        ]

    def __str__(self) -> str:
        return self.word


def remember_words(texts: Iterable[str]) -> None:
    """Know the words of these normalised texts from now on."""
    words = {word for text in texts for word in _WORDS.findall(text)} - _remembered
    if not words:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_knownword (word) SELECT word FROM unnest(%s::text[]) AS new(word)"
            " WHERE NOT EXISTS (SELECT 1 FROM core_knownword AS known WHERE known.word = new.word)",
            [sorted(words)],
        )
    transaction.on_commit(lambda: _keep(words))


def _keep(words: set[str]) -> None:
    """Of words that are surely stored no process asks the database again."""
    if len(_remembered) > _MOST_REMEMBERED:
        _remembered.clear()
    _remembered.update(words)


def spellings(words: Sequence[str]) -> list[list[str]]:
    """For each normalised word: itself, and the known words it may be a typo of, the likeliest first.

    Words that hold it are found by itself already: they must not take the places of others.
    """
    asked = [word for word in words if _WORDS.fullmatch(word)]
    near = _near(asked) if asked else {}
    return [[word, *_likely(word, near.get(word, ()))] for word in words]


def _near(words: Sequence[str]) -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", [str(_SIMILARITY)])
        cursor.execute(
            "SELECT asked, found.word FROM unnest(%s::text[]) AS asked, LATERAL ("
            " SELECT word FROM core_knownword WHERE asked <%% word AND strpos(word, asked) = 0"
            " ORDER BY similarity(asked, word) DESC LIMIT %s) AS found",
            [list(words), _CANDIDATES],
        )
        found: dict[str, list[str]] = {}
        for asked, word in cursor.fetchall():
            found.setdefault(asked, []).append(word)
    return found


def _likely(asked: str, candidates: Iterable[str]) -> list[str]:
    """The best candidates: alike as a whole, or as far as was typed."""
    scored = {word: max(fuzz.ratio(asked, word), fuzz.ratio(asked, word[: len(asked)])) for word in candidates}
    best = sorted((word for word in scored if word != asked), key=lambda word: (-scored[word], word))
    return [word for word in best if scored[word] >= _LEAST_LIKENESS][:_SPELLINGS]
