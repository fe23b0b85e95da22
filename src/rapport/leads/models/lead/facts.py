"""What is known of a lead."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.catalog.models import Product
from rapport.catalog.policies import name_currencies
from rapport.core.clock import today
from rapport.core.sorting import sort_key
from rapport.core.values_field import EntriesField
from rapport.directory.models import Organisation, Person
from rapport.directory.models.contact import Reachable, contact_text, joined
from rapport.directory.models.lookups import host_column
from rapport.identity.models import OwnedRecord, Scope
from rapport.pipeline.models import Opportunity

from ..campaign import Campaign


class LeadStatus(models.TextChoices):
    """How far a lead has come."""

    NEW = "new", _("New")
    WORKING = "working", _("Working")
    QUALIFIED = "qualified", _("Qualified")
    PARKED = "parked", _("Parked")
    CONVERTED = "converted", _("Converted")
    DISCARDED = "discarded", _("Discarded")


class Facts(Reachable, OwnedRecord):
    """The columns that describe a lead and what became of it."""

    default_scope: ClassVar[Scope] = Scope.TEAM

    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    job_title = models.CharField(_("job title"), max_length=150, blank=True)
    department = models.CharField(_("department"), max_length=100, blank=True)
    industry = models.CharField(_("industry"), max_length=80, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    languages = EntriesField(_("languages"), default=list, blank=True)
    website = models.CharField(_("website"), max_length=300, blank=True)
    need = models.TextField(_("need"), blank=True)
    product = models.ForeignKey(
        Product,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="leads",
        verbose_name=_("interested in"),
        db_index=False,
    )
    amount = models.DecimalField(_("estimated amount"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    source = models.CharField(_("source"), max_length=80, blank=True)
    campaign = models.ForeignKey(
        Campaign,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="leads",
        verbose_name=_("campaign"),
        db_index=False,
    )
    description = models.TextField(_("description"), blank=True)
    status = models.CharField(_("status"), max_length=12, choices=LeadStatus.choices, default=LeadStatus.NEW)
    received_on = models.DateField(_("received on"), default=today)
    discard_reason = models.CharField(_("reason for discarding"), max_length=120, blank=True)
    parked_until = models.DateField(_("parked until"), null=True, blank=True)
    converted_on = models.DateField(_("converted on"), null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="leads",
        verbose_name=_("became organisation"),
        db_index=False,
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="leads",
        verbose_name=_("became person"),
        db_index=False,
    )
    opportunity = models.ForeignKey(
        Opportunity,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="leads",
        verbose_name=_("became opportunity"),
        db_index=False,
    )
    sort_name = sort_key("last_name", "first_name", "organisation_name")
    domain = host_column("website")

    if TYPE_CHECKING:
        campaign_id: UUID | None
        product_id: UUID | None
        organisation_id: UUID | None
        person_id: UUID | None
        opportunity_id: UUID | None

    class Meta:
        abstract = True

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """The name, else the organisation, else the e-mail address."""
        name = joined([values.get("first_name"), values.get("last_name")])
        emails = values.get("emails") or []
        return name or values.get("organisation_name") or (emails[0]["value"] if emails else "")

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by organisation, website, e-mails, phones and towns too."""
        own = [values.get(name) for name in ("organisation_name", "job_title", "website")]
        return joined([*own, contact_text(values)])

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """Amounts without a currency are in the base one."""
        super().complete_rows(rows)
        name_currencies(rows)

    def save(self, *args: object, **options: object) -> None:
        """Write the row, its amount with a currency."""
        name_currencies([self.__dict__])
        super().save(*args, **options)

    def clean(self) -> None:
        """A lead is known by a name, an organisation or an e-mail address."""
        if not self.title:
            raise ValidationError({"last_name": _("Give a name, an organisation or an e-mail address.")})
