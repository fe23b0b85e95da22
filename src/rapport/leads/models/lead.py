"""Leads: somebody who may become a customer, before we know whether it is worth an opportunity."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.catalog.models import Product
from rapport.core.clock import today
from rapport.core.problems import Problem
from rapport.core.sorting import sort_key
from rapport.core.verbs import verb
from rapport.directory.models import Organisation, Person
from rapport.directory.models.contact import Reachable, contact_text, joined
from rapport.directory.models.lookups import host_column
from rapport.identity.models import OwnedRecord, Scope
from rapport.pipeline.models import Opportunity

from .campaign import Campaign


class LeadStatus(models.TextChoices):
    """How far a lead has come."""

    NEW = "new", _("New")
    WORKING = "working", _("Working")
    QUALIFIED = "qualified", _("Qualified")
    PARKED = "parked", _("Parked")
    CONVERTED = "converted", _("Converted")
    DISCARDED = "discarded", _("Discarded")


OPEN_STATUSES = (LeadStatus.NEW, LeadStatus.WORKING, LeadStatus.QUALIFIED)
_ENDED = (LeadStatus.CONVERTED, LeadStatus.DISCARDED)


class Lead(Reachable, OwnedRecord):
    """A possible customer as they came in; after conversion it keeps links to what it became."""

    default_scope: ClassVar[Scope] = Scope.TEAM

    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    job_title = models.CharField(_("job title"), max_length=150, blank=True)
    department = models.CharField(_("department"), max_length=100, blank=True)
    industry = models.CharField(_("industry"), max_length=80, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
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
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        indexes = [
            models.Index(fields=["status", "-id"], name="lead_by_status"),
            models.Index(fields=["sort_name", "id"], name="lead_by_name"),
            models.Index(fields=["opportunity"], name="lead_of_opportunity", condition=Q(opportunity__isnull=False)),
        ]

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

    @property
    def is_open(self) -> bool:
        """Whether somebody should work on it."""
        return self.status in OPEN_STATUSES

    def clean(self) -> None:
        """A lead is known by a name, an organisation or an e-mail address."""
        if not self.title:
            raise ValidationError({"last_name": _("Give a name, an organisation or an e-mail address.")})

    @verb(label=_("Start working"), past=_("started working on"))
    def work(self) -> None:
        """Note that somebody has taken the lead up."""
        self._must_be_open()
        self.status = LeadStatus.WORKING
        self.save()

    @verb(label=_("Qualify"), past=_("qualified"))
    def qualify(self) -> None:
        """Note that the lead is worth an opportunity."""
        self._must_be_open()
        self.status = LeadStatus.QUALIFIED
        self.save()

    @verb(label=_("Discard"), past=_("discarded"))
    def discard(self, *, reason: str) -> None:
        """Give the lead up, and say why."""
        self._must_not_have_ended()
        if not reason.strip():
            raise ValidationError({"discard_reason": _("Say why it is given up: it shows which sources work.")})
        self.status, self.discard_reason, self.parked_until = LeadStatus.DISCARDED, reason.strip(), None
        self.check_facts()
        self.save()

    @verb(label=_("Park"), past=_("parked"))
    def park(self, *, until: date, reason: str = "") -> None:
        """Set aside until a day on which it comes back by itself; `reason` is kept with the event."""
        self._must_not_have_ended()
        if until <= today():
            raise ValidationError({"parked_until": _("Choose a day after today: then it comes back by itself.")})
        self.status, self.parked_until = LeadStatus.PARKED, until
        self.save()

    @verb(label=_("Take up again"), past=_("took up again"))
    def reopen(self) -> None:
        """Work on a parked or discarded lead again."""
        if self.is_open or self.status == LeadStatus.CONVERTED:
            raise Problem(_("Only a parked or discarded lead can be taken up again."))
        self.status, self.discard_reason, self.parked_until = LeadStatus.WORKING, "", None
        self.save()

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise Problem(_("This lead is closed or parked. Take it up again first."))

    def _must_not_have_ended(self) -> None:
        if self.status in _ENDED:
            raise Problem(_("This lead was converted or discarded already. Reload the page to see."))
