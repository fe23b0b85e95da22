"""The entries that records are found by: one table of normalised text, kept by the verbs (see `search_keeping`)."""

import re
import unicodedata

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F

_ACCENTS = re.compile("[\u0300-\u036f]+")  # the accents of Latin script: nearly all there are, and quickly found


class SearchEntry(models.Model):
    """What one record is found by; `text` is normalised and starts with a space, as short words begin with one."""

    record_id = models.UUIDField(primary_key=True)
    record_type = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    text = models.TextField()

    class Meta:
        indexes = [GinIndex(OpClass(F("text"), name="gin_trgm_ops"), name="search_text_trigrams")]

    def __str__(self) -> str:
        return self.title


UNSEARCHED: set[str] = set()
"""Record types of which nothing is found at present, though their records have entries."""


def normalise(text: str) -> str:
    """Lower case, no accents, single spaces: how text is stored and asked."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    if not plain.isascii():
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(plain.split())


def searched_types() -> set[str]:
    """The types whose records have entries: those that say what they are found by."""
    from .records import RECORD_TYPES, Record  # records import this module

    unsearched = Record.search_text_of.__func__  # type: ignore[attr-defined]
    types = {name for name, model in RECORD_TYPES.items() if model.search_text_of.__func__ is not unsearched}  # type: ignore[attr-defined]
    return types - UNSEARCHED
