"""The fields that a selection may speak of: those one reads, and when a record was made and changed."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor

from ..dictionary import Field, entry_of
from ..domains import DateTime

_OF_EVERY_RECORD = (
    Field("created_at", _("Created"), DateTime(), _("When the record was made."), form=False, editable=False),
    Field("updated_at", _("Last changed"), DateTime(), _("When a value last changed."), form=False, editable=False),
)


def selectable_fields(record_type: str, actor: Actor) -> Mapping[str, Field]:
    """Field by name, in the order of the dictionary: those that the actor may ask by, as if there were no others."""
    described = entry_of(record_type).readable_by(actor)
    selectable = {name: field for name, field in described.items() if field.selectable}
    return {**selectable, **{field.name: field for field in _OF_EVERY_RECORD if field.name not in described}}
