"""Links from one record to another."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.actors import current_actor
from rapport.core.records import RECORD_TYPES, Record

from .base import Domain, ValueProblem, text_of


@dataclass(frozen=True)
class Link(Domain):
    """A record of another type that the actor may see."""

    kind: ClassVar[str] = "link"
    target: str = ""

    @property
    def model(self) -> type[Record]:
        """The record type linked to."""
        return RECORD_TYPES[self.target]

    def parse(self, raw: object) -> Record | None:
        """The record with this id; raises `ValueProblem` when there is none the actor may see."""
        if isinstance(raw, Record):
            return raw
        text = text_of(raw)
        if not text:
            return None
        record = self.model.objects.visible_to(current_actor()).filter(pk=_uuid(text)).first()
        if record is None:
            raise ValueProblem(_("The linked record was not found. Choose it again."))
        return record

    def display(self, value: Any) -> str:
        """The record's title."""
        return value.title if isinstance(value, Record) else ""

    def export(self, value: Any) -> str:
        """The record's title, as an import finds it again."""
        return self.display(value)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ValueProblem(_("The linked record was not found. Choose it again.")) from None
