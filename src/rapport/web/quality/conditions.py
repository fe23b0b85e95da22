"""The lines of a rule: a field of the record or of what is linked to it, a comparison, a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.labelled import labelled
from rapport.governance.dictionary import Field, entries
from rapport.governance.domains import Choice, Link
from rapport.governance.selection import Condition, Operand, operators_for
from rapport.governance.selection.fields import selectable_fields
from rapport.governance.selection.related import related_types

MOST = 8
_RELATED = (("some", _("there are some")), ("none", _("there are none")))


@dataclass(frozen=True)
class ShownLine:
    """A line with what may be chosen in it."""

    field: str
    operator: str
    value: str
    operators: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str], ...]
    takes_value: bool


@dataclass(frozen=True)
class Line:
    """A line as it was sent."""

    field: str = ""
    operator: str = ""
    value: str = ""

    @property
    def condition(self) -> Condition:
        """What it asks."""
        return Condition(self.field, self.operator, tuple(self.value.split("|")) if self.value else ())

    def shown(self, record_type: str, actor: Actor) -> ShownLine:
        """With the comparisons that its field offers, and the values of a list."""
        field = _field(self.field, record_type, actor)
        if "@" in self.field and field is None:
            operators: tuple[tuple[str, str], ...] = tuple((key, str(label)) for key, label in _RELATED)
        else:
            operators = tuple((one.key, str(one.label)) for one in operators_for(field)) if field else ()
        wanted = {one.key: one.operand for one in operators_for(field)} if field else {}
        operand = wanted.get(self.operator, Operand.NONE)
        labels = field.domain.labels() if field and isinstance(field.domain, Choice) else {}
        options = tuple(labels.items()) if operand is Operand.OPTIONS or not self.operator else ()
        return ShownLine(self.field, self.operator, self.value, operators, options, operand is not Operand.NONE)


def lines_of(posted: QueryDict) -> list[Line]:
    """The lines with a field, as they were sent."""
    parts = (posted.getlist(name) for name in ("field", "operator", "value"))
    return [Line(*(text[:300] for text in row)) for row in zip(*parts, strict=False) if row[0]][:MOST]


def query_of(lines: list[Line]) -> str:
    """The lines as a list writes its filters; those without a comparison are not complete yet."""
    return urlencode([("f", str(line.condition)) for line in lines if line.operator], safe=":|,@")


def asked_fields(record_type: str, actor: Actor) -> Mapping[str, str]:
    """What a line may ask of: own fields, whether there are linked records, and fields of linked ones."""
    found = {name: str(field.label) for name, field in selectable_fields(record_type, actor).items()}
    found |= {key: str(label) for key, label in related_types(record_type).items()}
    for name, field in entries()[record_type].readable_by(actor).items():
        if isinstance(field.domain, Link) and field.domain.target in entries():
            inner = selectable_fields(field.domain.target, actor)
            found |= {f"{name}.{key}": labelled(field.label, one.label) for key, one in inner.items()}
    return found


def _field(name: str, record_type: str, actor: Actor) -> Field | None:
    """The field that a line speaks of, its own or a linked record's."""
    if "@" in name:
        return None
    link, dot, inner = name.partition(".")
    field = selectable_fields(record_type, actor).get(link)
    if not dot or field is None or not isinstance(field.domain, Link):
        return field
    return selectable_fields(field.domain.target, actor).get(inner)
