"""What rows can become: record types with their fields, as far as guessing and checking need to know them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

EXTERNAL_ID = "external_id"


class Content(StrEnum):
    """What a field wants, coarsely: enough to tell a column that fits from one that can't."""

    TEXT = "text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes or no"
    EMAIL = "e-mail"
    URL = "url"
    PHONE = "phone"
    CHOICE = "choice"
    LINK = "link"
    IDENTIFIER = "identifier"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TargetField:
    """A field rows can fill: its name, what people call it (labels in all languages, aliases), what it wants."""

    name: str
    names: tuple[str, ...]
    content: Content
    link_to: str = ""
    mandatory: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A record type rows can become: what people call it (in one and in many), and its fields by name."""

    record_type: str
    names: tuple[str, ...]
    fields: Mapping[str, TargetField] = field(default_factory=dict)

    @property
    def links(self) -> frozenset[str]:
        """The record types its fields link to, itself left out."""
        return frozenset(item.link_to for item in self.fields.values() if item.link_to) - {self.record_type}


def identifier_field(target_names: tuple[str, ...]) -> TargetField:
    """The identifier a row had in the system it comes from: every target has one."""
    own = tuple(f"{name} {ending}" for name in target_names for ending in ("id", "key", "number", "code"))
    return TargetField(
        EXTERNAL_ID, ("external id", "id", "record id", "key", "legacy id", "uuid", "guid", *own), Content.IDENTIFIER
    )
