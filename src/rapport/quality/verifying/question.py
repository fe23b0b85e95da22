"""What is asked: one value of a field, and what is known around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from uuid import UUID

from rapport.core.actors import Actor
from rapport.directory.models import Organisation
from rapport.governance.dictionary import Field, entry_of
from rapport.governance.domains import ValueProblem

from ..checking.verdict import country_code


@dataclass(frozen=True)
class Question:
    """One value as typed; `others` are the other values of the record, as typed, by field."""

    record_type: str
    field: Field
    text: str
    actor: Actor
    others: Mapping[str, str] = dataclass_field(default_factory=dict)
    record_id: UUID | None = None

    @property
    def country(self) -> str:
        """Where the value comes from: the record's country, else that of its organisation."""
        code = country_from(self.others.get("country", ""))
        return code or (self.organisation.country if self.organisation else "")

    @property
    def organisation(self) -> Organisation | None:
        """The organisation of the record, if the actor may see it."""
        return self._linked("organisation")

    def _linked(self, name: str) -> Organisation | None:
        text = self.others.get(name, "")
        if name not in entry_of(self.record_type).readable_by(self.actor) or not text:
            return None
        try:
            return Organisation.objects.visible_to(self.actor).filter(pk=UUID(text)).first()
        except ValueError:
            return None


def country_from(text: str) -> str:
    """A country's code, or nothing where the text names none."""
    try:
        return country_code(text)
    except ValueProblem:
        return ""
