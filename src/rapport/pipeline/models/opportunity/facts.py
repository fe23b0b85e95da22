"""What is known of an opportunity."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.catalog.models import Product
from rapport.catalog.policies import name_currencies
from rapport.core.clock import today
from rapport.core.sorting import sort_key
from rapport.core.values_field import EntriesField
from rapport.directory.models import Organisation, Person
from rapport.identity.models import OwnedRecord, Scope


class Status(models.TextChoices):
    """Where an opportunity stands as a whole."""

    OPEN = "open", _("Open")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")
    PARKED = "parked", _("Parked")


class Facts(OwnedRecord):
    """The columns that describe an opportunity, stage and closing apart."""

    territory_path: ClassVar[str] = "organisation_id"

    default_scope: ClassVar[Scope] = Scope.TEAM

    name = models.CharField(_("name"), max_length=200)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opportunities",
        verbose_name=_("organisation"),
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="opportunities",
        verbose_name=_("main contact"),
        db_index=False,
    )
    product = models.ForeignKey(
        Product,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opportunities",
        verbose_name=_("main product"),
        db_index=False,
    )
    amount = models.DecimalField(
        _("amount"), max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    probability = models.PositiveSmallIntegerField(
        _("own probability"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    expected_close = models.DateField(_("expected close"), null=True, blank=True)
    opened_on = models.DateField(_("opened on"), default=today)
    source = models.CharField(_("source"), max_length=80, blank=True)
    need = models.TextField(_("need"), blank=True)
    impact = models.TextField(_("impact"), blank=True)
    competitors = EntriesField(_("competitors"), default=list, blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("next step on"), null=True, blank=True)
    description = models.TextField(_("description"), blank=True)
    sort_name = sort_key("name")

    if TYPE_CHECKING:
        organisation_id: UUID | None
        person_id: UUID | None
        product_id: UUID | None

    class Meta:
        abstract = True

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by next step and competitors too."""
        return " ".join([str(values.get("next_step") or ""), *(values.get("competitors") or [])])

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """Amounts without a currency are in the base one."""
        super().complete_rows(rows)
        name_currencies(rows)

    def save(self, *args: object, **options: object) -> None:
        """Write the row, its amount with a currency."""
        name_currencies([self.__dict__])
        super().save(*args, **options)

    def has(self, field: str) -> bool:
        """Whether something is known for this field; zero is known, empty text is not."""
        return getattr(self, self._meta.get_field(field).attname) not in (None, "", [], {})  # type: ignore[union-attr]
