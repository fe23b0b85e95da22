"""Value domains of activities: what they are about, who attends, mail addresses."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.problems import Problem
from rapport.governance.domains import Domain, EmailAddress, ValueProblem
from rapport.governance.domains.base import text_of

from .about import subject_of, titles_of


@dataclass(frozen=True)
class AboutRecords(Domain):
    """Records that something is about, stored as a list of type and id; `others` are types that may be named too."""

    kind: ClassVar[str] = "about"
    others: tuple[str, ...] = ()

    def parse(self, raw: object) -> list[dict[str, Any]] | None:
        """The list as given, or read from “type:id” separated by spaces."""
        written = None if isinstance(raw, list | tuple) else text_of(raw).split()
        try:
            given = raw if written is None else [_pair(word) for word in written]
            return [self._stored(one) for one in given] or None  # type: ignore[attr-defined]
        except (Problem, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            raise ValueProblem(_("What this is about was not found. Choose it again.")) from error

    def _stored(self, given: Any) -> dict[str, Any]:
        if isinstance(given, tuple) and given[0] in self.others:
            return {"type": given[0], "id": str(UUID(str(given[1])))}
        if isinstance(given, dict) and given.get("type") in self.others:
            return {"type": given["type"], "id": str(UUID(str(given["id"])))}
        return subject_of(given).as_stored()

    def display(self, value: Any) -> str:
        """The titles of the records."""
        titles = titles_of(UUID(stored["id"]) for stored in value or [])
        return ", ".join(titles.values())

    def export(self, value: Any) -> str:
        """Type and id of each, as `parse` reads them."""
        return " ".join(f"{stored['type']}:{stored['id']}" for stored in value or [] if not stored.get("implied"))


@dataclass(frozen=True)
class MailAddresses(Domain):
    """Mail addresses in a row, stored as a list of text."""

    kind: ClassVar[str] = "mail_addresses"
    standard: ClassVar[str] = "RFC 5322"

    def parse(self, raw: object) -> list[str] | None:
        """The addresses of a list, or of a text that separates them by commas or semicolons."""
        parts = list(raw) if isinstance(raw, list | tuple) else text_of(raw).replace(";", ",").split(",")
        found = [EmailAddress().parse(bare_address(part)) for part in parts]
        return [address for address in found if address] or None

    def display(self, value: Any) -> str:
        """The addresses, separated by commas."""
        return ", ".join(value or [])

    def export(self, value: Any) -> str:
        """The same."""
        return self.display(value)


def bare_address(address: object) -> str:
    """The address alone, without the name before it."""
    text = text_of(address)
    return text[text.rindex("<") + 1 :].rstrip("> ") if "<" in text else text


def _pair(word: str) -> tuple[str, UUID]:
    record_type, _colon, key = word.partition(":")
    return record_type, UUID(key)
