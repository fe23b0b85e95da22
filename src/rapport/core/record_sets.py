"""Rows of one record type: read through `visible_to`, never written at once outside a verb."""

from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from django.db import models

from .actors import Actor
from .problems import OutsideVerb

if TYPE_CHECKING:
    from .records import Record

RecordT_co = TypeVar("RecordT_co", bound="Record", covariant=True)


class RecordQuerySet(models.QuerySet[RecordT_co]):
    """Rows of one record type; start with `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """Only what the actor may see."""
        return self.filter(self.model.scope_of(actor)) if self.model.restricts(actor) else self

    def visible_parts(self, actor: Actor) -> list[Self]:
        """The same in parts that have no row in common: to count very many, or to add them up."""
        return [self.filter(part) for part in self.model.parts_of(actor)] if self.model.restricts(actor) else [self]

    def update(self, **values: Any) -> NoReturn:
        """Refused: history would miss it. Use `core.bulk.change_many` within a verb."""
        raise OutsideVerb("Use core.bulk.change_many within a verb instead of update().")

    def delete(self) -> NoReturn:
        """Refused: history would miss it. Use `core.bulk.remove_many` within a verb."""
        raise OutsideVerb("Use core.bulk.remove_many within a verb instead of delete().")

    def bulk_create(self, *args: Any, **options: Any) -> NoReturn:
        """Refused: history would miss it. Use `core.bulk.create_many` within a verb."""
        raise OutsideVerb("Use core.bulk.create_many within a verb instead of bulk_create().")

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:
        """Refused: history would miss it. Use `core.bulk.change_many` within a verb."""
        raise OutsideVerb("Use core.bulk.change_many within a verb instead of bulk_update().")
