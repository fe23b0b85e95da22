"""Mentions: “@name” in a text means a colleague."""

import re
from uuid import UUID

from rapport.core.search_entries import normalise
from rapport.identity.models import User

_AT = re.compile(r"(?:^|(?<=[\s(\[{,;:>]))@(?=\w)", re.MULTILINE)
_REACH = 160


def mentioned_in(text: str) -> list[UUID]:
    """The active users whom “@Full Name” means, or “@First” where only one has that first name; in order."""
    places = [match.end() for match in _AT.finditer(text)]
    if not places:
        return []
    spellings = _spellings()
    found = [_meant(normalise(text[start : start + _REACH]), spellings) for start in places]
    return list(dict.fromkeys(key for key in found if key is not None))


def _spellings() -> dict[str, UUID | None]:
    """Normalised full and first names, longest first; None where a first name means several users."""
    known: dict[str, UUID | None] = {}
    firsts: dict[str, UUID | None] = {}
    for key, name in User.objects.filter(is_active=True).values_list("pk", "name"):
        spelled = normalise(name)
        known[spelled] = key
        first = spelled.split(" ")[0]
        firsts[first] = None if first in firsts else key
    return dict(sorted((firsts | known).items(), key=lambda item: -len(item[0])))


def _meant(after: str, spellings: dict[str, UUID | None]) -> UUID | None:
    for name, key in spellings.items():
        if name and after.startswith(name) and not after[len(name) : len(name) + 1].isalnum():
            return key
    return None
