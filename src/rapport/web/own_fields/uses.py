"""What uses an own field: how many records have a value, and what else names it."""

from dataclasses import dataclass

from rapport.core.actors import Actor
from rapport.governance.dictionary import entry_of
from rapport.governance.models import OwnField
from rapport.identity.models import SavedView
from rapport.pipeline.models import Stage

MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Uses:
    """Records with a value (counted to a bound), saved views and stages that name the field."""

    records: int
    views: tuple[str, ...]
    stages: tuple[str, ...]

    @property
    def are_many(self) -> bool:
        """Whether there are more records than are counted."""
        return self.records > MOST_COUNTED


def uses_of(own: OwnField, actor: Actor) -> Uses:
    """What uses a field that is in force."""
    rows = entry_of(own.for_type).model.objects.visible_to(actor).filter(**{f"{own.key}__isnull": False})
    views = SavedView.objects.visible_to(actor).filter(for_type=own.for_type, query__contains=own.key)
    stages = Stage.objects.visible_to(actor).filter(required_fields__contains=[own.key])
    return Uses(
        rows.order_by()[: MOST_COUNTED + 1].count(),
        tuple(views.values_list("name", flat=True)),
        tuple(stages.values_list("name", flat=True)) if own.for_type == "opportunity" else (),
    )
