"""Conditions that reach over links: a field of a linked record, or records that link to this one.

`organisation.country:is:FR` asks a field of the record that a link leads to; `order@organisation:some` and
`…:none` ask whether records of a type name this one; `order@organisation.status:is:paid` whether some that meet a
condition do.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.core.actors import Actor
from rapport.core.labelled import labelled

from ..dictionary import Field, entries, entry_of
from ..domains import Link
from .conditions import Condition
from .operators import Operand, Operator

if TYPE_CHECKING:
    from .matching import Matched, Misfit

    Match = Callable[..., "Matched | Misfit"]

_SOME = Operator("some", gettext_lazy("there are some"), Operand.NONE)
_NONE = Operator("none", gettext_lazy("there are none"), Operand.NONE)


def reaches_over(condition: Condition) -> bool:
    """Whether a condition is about other records."""
    return "." in condition.field or "@" in condition.field


def match_related(condition: Condition, record_type: str, *, actor: Actor, match: "Match") -> "Matched | Misfit":
    """Understand such a condition; `match` understands what is asked of the other records."""
    if "@" in condition.field:
        return _from_children(condition, record_type, actor, match)
    return _of_parent(condition, record_type, actor, match)


def _of_parent(condition: Condition, record_type: str, actor: Actor, match: "Match") -> "Matched | Misfit":
    link, _dot, name = condition.field.partition(".")
    field = entry_of(record_type).readable_by(actor).get(link)
    if field is None or not isinstance(field.domain, Link) or field.domain.target not in entries():
        return _unknown(condition)
    found = match(replace(condition, field=name), field.domain.target, actor=actor)
    rows = field.domain.model.objects.visible_to(actor)
    return _reaching(condition, found, _joined(field, found), lambda q: Q(**{f"{link}__in": rows.filter(q)}))


def _from_children(condition: Condition, record_type: str, actor: Actor, match: "Match") -> "Matched | Misfit":
    child, _at, rest = condition.field.partition("@")
    link, _dot, name = rest.partition(".")
    entry = entries().get(child)
    field = entry.readable_by(actor).get(link) if entry else None
    if entry is None or field is None or not isinstance(field.domain, Link) or field.domain.target != record_type:
        return _unknown(condition)
    rows: Any = entry.model.objects.visible_to(actor).filter(**{link: OuterRef("pk")})
    if name:
        found = match(replace(condition, field=name), child, actor=actor)
        return _reaching(condition, found, _named(entry.plural, found), lambda q: Q(Exists(rows.filter(q))))
    return _counted(condition, replace(field, label=entry.plural), rows)


def _counted(condition: Condition, field: Field, rows: Any) -> "Matched | Misfit":
    from .matching import Matched

    if condition.operator == _SOME.key:
        return Matched(condition, field, _SOME, "", Q(Exists(rows)))
    if condition.operator == _NONE.key:
        return Matched(condition, field, _NONE, "", ~Q(Exists(rows)))
    return _unknown(condition)


def _reaching(
    condition: Condition, found: "Matched | Misfit", field: Field | None, over: Callable[[Q], Q]
) -> "Matched | Misfit":
    from .matching import Matched

    if not isinstance(found, Matched) or field is None:
        return replace(found, condition=condition)
    return replace(found, condition=condition, field=field, q=over(found.q))


def _joined(field: Field, found: "Matched | Misfit") -> Field | None:
    return _named(field.label, found)


def _named(before: str | Promise, found: "Matched | Misfit") -> Field | None:
    """The other record's field under a label that says whose it is."""
    inner: Field | None = getattr(found, "field", None)
    return replace(inner, label=labelled(before, inner.label)) if inner else None


def _unknown(condition: Condition) -> "Misfit":
    from .matching import Misfit

    return Misfit(condition, _("There is no field “%(name)s” here.") % {"name": condition.field[:60]})


def related_types(record_type: str) -> Mapping[str, str]:
    """What may be asked of records that link to a type: `order@organisation` by label."""
    return {
        f"{other}@{field.name}": f"{entry.plural} ({field.label})"
        for other, entry in entries().items()
        for field in entry.fields.values()
        if isinstance(field.domain, Link) and field.domain.target == record_type and entry.importable
    }
