"""Several values in one field, stored as a JSON list: names, languages."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from .base import Domain, ValueProblem, text_of
from .standards import Language
from .texts import Text


@dataclass(frozen=True)
class Several(Domain):
    """A list of values of one domain, none twice; typed with ";" or "," between them."""

    kind: ClassVar[str] = "several"
    each: Domain = field(default_factory=lambda: Text(120))
    most: int = 30

    def parse(self, raw: object) -> list[Any]:
        """The values in the order given."""
        parts = raw if isinstance(raw, list | tuple) else self._split(text_of(raw))
        values = dict.fromkeys(value for part in parts if (value := self.each.parse(part)) is not None)
        if len(values) > self.most:
            raise ValueProblem(_("At most %(most)d values fit here. Leave some out.") % {"most": self.most})
        return list(values)

    def display(self, value: Any) -> str:
        """The values, separated by commas."""
        return ", ".join(self.each.display(item) for item in value or [])

    def export(self, value: Any) -> str:
        """The values, separated by ";"."""
        return "; ".join(self.each.export(item) for item in value or [])

    def _split(self, text: str) -> list[str]:
        """At ";" where there is one, since a value may hold a comma; else at ","."""
        return text.split(";") if ";" in text else text.split(",")


@dataclass(frozen=True)
class Languages(Several):
    """Languages that somebody speaks, the preferred one first."""

    standard: ClassVar[str] = Language.standard
    each: Domain = field(default_factory=Language)

    def _split(self, text: str) -> list[str]:
        return text.replace(",", ";").split(";")
