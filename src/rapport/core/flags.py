"""Flags that one row at most may have up, such as “default”."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Deferrable, Value, When

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def raised(flag: str) -> models.GeneratedField:
    """A generated column that is true where the flag is up and empty elsewhere; see `one_at_most`."""
    truth = models.BooleanField(null=True)
    up = Case(When(**{flag: True}, then=Value(True)), default=None, output_field=truth)  # noqa: FBT003 - SQL's true
    return models.GeneratedField(expression=up, output_field=truth, db_persist=True)


def one_at_most(column: str, *, name: str, message: "str | _StrPromise") -> models.UniqueConstraint:
    """At most one row has the column up; checked when the transaction ends, so that the flag can be handed over."""
    return models.UniqueConstraint(
        fields=[column], name=name, deferrable=Deferrable.DEFERRED, violation_error_message=message
    )
