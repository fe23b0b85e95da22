"""Puts own fields onto models while other threads use them: at every moment a field is there whole, or not at all.

Django keeps what it finds out about the fields of a model in caches, and a thread that was slow may fill one with what
held before. So own fields are not looked for there: the model's options ask one mapping, which is exchanged at once.
What a model lost stays readable for whoever still holds a description of it, such as a page half made; it is no field
of the model any more, and verbs refuse to set it.
"""

import threading
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models.options import Options
from django.utils.translation import gettext as _

from rapport.core.attributes import is_attribute
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import GATES, Call

from .columns import OwnColumn, own_columns

_installing = threading.Lock()


class _OptionsWithOwnFields(Options):  # type: ignore[type-arg]
    """The options of a model that has, or had, own fields."""

    in_force: Mapping[str, OwnColumn]
    retired: Mapping[str, OwnColumn]

    def get_field(self, field_name: str) -> Any:
        """A field by its name; own ones without any cache of Django's."""
        if not is_attribute(field_name):
            return super().get_field(field_name)
        found = self.in_force.get(field_name) or self.retired.get(field_name)
        if found is None:
            raise FieldDoesNotExist(f"{self.object_name} has no field named '{field_name}'")
        return found


def install(model: type[Record], columns: Mapping[str, OwnColumn]) -> None:
    """Give a model these own fields instead of those it had."""
    with _installing:
        meta: Any = model._meta
        if not isinstance(meta, _OptionsWithOwnFields):
            meta.in_force = meta.retired = {}
            meta.__class__ = _OptionsWithOwnFields
        for name, column in columns.items():
            column.name = name
            column.join(model)
        before = meta.in_force
        in_force = {name: column for column in columns.values() for name in (column.name, column.attname)}
        meta.retired = {**meta.retired, **before}
        others = [field for field in meta.private_fields if not isinstance(field, OwnColumn)]
        meta.__dict__.update(in_force=in_force, private_fields=[*others, *columns.values()])
        meta._expire_cache(reverse=False)  # noqa: SLF001 - lists of all fields, such as those that are checked


def refuse_removed_fields(call: Call) -> None:
    """Raise `Problem` when the call sets an own field that was removed while somebody was filling it in."""
    subject = call.subject if isinstance(call.subject, type) else type(call.subject)
    if not isinstance(subject._meta, _OptionsWithOwnFields):
        return
    known = own_columns(subject)
    for name, _value in call.arguments:
        column = subject._meta.retired.get(name)
        if column is not None and column.name not in known:
            raise Problem(_("One of these fields was removed meanwhile. Reload the page and save again."))


GATES.append(refuse_removed_fields)
