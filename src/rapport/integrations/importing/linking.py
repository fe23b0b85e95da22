"""Resolving the names in a column to records of the database or of this import."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.integrations.importing.known import Known, KnownRecords, domain_of
from rapport.integrations.importing.similarity import comparable

_CACHED = 100_000


@dataclass(frozen=True, slots=True)
class Link:
    """What a name points at: a record, and whether that takes an interpretation; or none, with the reason.

    `first_id` is the oldest of several records that the name could mean.
    """

    record_id: UUID | None = None
    title: str = ""
    file_id: int | None = None
    line: int | None = None
    interpreted: bool = False
    ambiguous: bool = False
    first_id: UUID | None = None
    reason: str = ""


def told_apart(link: Link) -> Link:
    """Nothing, because somebody said that the name doesn't mean this record."""
    return Link(reason=_("Somebody said that it isn't “%(title)s”.") % {"title": link.title})


class LinkResolver:
    """Finds the records of one type that texts name."""

    def __init__(self, record_type: str, known: KnownRecords) -> None:
        self.record_type = record_type
        self._known = known
        self._cache: dict[str, Link] = {}

    def resolve(self, texts: Iterable[str]) -> dict[str, Link]:
        """What each text points at."""
        asked = set(texts)
        if len(self._cache) > _CACHED:
            self._cache.clear()
        wanted = asked - self._cache.keys()
        if wanted:
            self._look_up(wanted)
        return self._cache

    def forget(self) -> None:
        """Drop what was found: more rows have been staged since."""
        self._cache.clear()

    def _look_up(self, texts: set[str]) -> None:
        keys = {text: _keys(text) for text in texts}
        found = self._known.find(self.record_type, [key for each in keys.values() for key in each])
        for text, candidates in keys.items():
            key = next((key for key in candidates if key in found), None)
            self._cache[text] = _link(text, key, found[key]) if key else Link(reason=_("No record has this name."))


def _keys(text: str) -> list[str]:
    """What a text may be, surest first."""
    keys = [f"id:{text}", f"code:{comparable(text)}"]
    if "@" in text:
        keys += [f"mail:{text.lower()}", f"domain:{domain_of(text)}"]
    elif "." in text and " " not in text:
        keys.append(f"domain:{domain_of(text)}")
    return [*keys, f"name:{comparable(text)}"]


def _link(text: str, key: str, found: list[Known]) -> Link:
    exact = [item for item in found if item.title == text] if key.startswith("name:") else []
    candidates = {item.record_id: item for item in exact or found}
    if len(candidates) > 1:
        first = min(candidates.values(), key=lambda item: item.record_id)
        told = {"count": len(candidates)}
        reason = _("%(count)s records have this name; the suggestion is the oldest of them.") % told
        return Link(ambiguous=True, title=first.title, first_id=first.record_id, reason=reason)
    chosen = next(iter(candidates.values()))
    interpreted = key.startswith("domain:") or (key.startswith("name:") and not exact)
    return Link(chosen.record_id, chosen.title, chosen.file_id, chosen.line, interpreted)
