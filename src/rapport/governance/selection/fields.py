"""The fields that a selection may speak of: those of the dictionary, and when the record was made and last changed."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from ..dictionary import Field, entry_of
from ..domains import DateTime

_OF_EVERY_RECORD = (
    Field("created_at", _("Created"), DateTime(), _("When the record was made."), form=False, editable=False),
    Field("updated_at", _("Last changed"), DateTime(), _("When a value last changed."), form=False, editable=False),
)


def selectable_fields(record_type: str) -> Mapping[str, Field]:
    """Field by name, in the order of the dictionary."""
    described = entry_of(record_type).fields
    return {**described, **{field.name: field for field in _OF_EVERY_RECORD if field.name not in described}}
