"""Organisations: companies and other bodies that we know, sell to or compete with."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.merging.mergeable import Mergeable, Merging, merge_each, names_in
from rapport.core.several import Outcome
from rapport.core.snapshots import Values
from rapport.core.sorting import sort_key
from rapport.core.verbs import verb
from rapport.identity.models import OwnedRecord

from .contact import Reachable, contact_text, joined
from .lookups import host_column

DEEPEST_HIERARCHY = 30


class Lifecycle(models.TextChoices):
    """What an organisation is to us."""

    PROSPECT = "prospect", _("Prospect")
    CUSTOMER = "customer", _("Customer")
    FORMER_CUSTOMER = "former_customer", _("Former customer")
    PARTNER = "partner", _("Partner")
    SUPPLIER = "supplier", _("Supplier")
    COMPETITOR = "competitor", _("Competitor")


class Place(models.TextChoices):
    """Where a customer stands in the matrix of direct and indirect value."""

    HIGH_PERFORMING = "high_performing", _("High-performing")
    SELLING = "selling", _("Selling")
    NETWORKING = "networking", _("Networking")
    LOW_PERFORMING = "low_performing", _("Low-performing")


class ServiceModel(models.TextChoices):
    """How a customer is looked after."""

    PARTNER = "partner", _("Partner")
    DIRECT = "direct", _("Direct approach")
    MASS = "mass", _("Mass approach")


class Organisation(Reachable, OwnedRecord):
    """A company or other body; part of a group when it has a parent.

    `supplied_by` is who sells it now what we would, under a contract until `supplied_until`.
    `chance_to_become_customer`, `risk_of_leaving` and `risk_of_discontent` are what the live estimators say, in per
    cent, `lifetime_value` what is expected of them in the coming year, in our own currency, `next_offer` the name of a
    product, `segment` the customers they are like. `portfolio_place`, `collaboration` (0 transactional, 100 the most
    collaborative) and `service_model` say where they stand among all customers. All these stand beside the history.
    """

    unrecorded_fields: ClassVar[frozenset[str]] = frozenset(
        {
            *("chance_to_become_customer", "risk_of_leaving", "risk_of_discontent"),
            *("lifetime_value", "next_offer", "segment"),
            *("portfolio_place", "collaboration", "service_model"),
        }
    )
    territory_path: ClassVar[str] = "pk"
    merged_together = (
        *OwnedRecord.merged_together,
        ("annual_revenue", "revenue_currency"),
        ("supplied_by", "supplied_until"),
    )

    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="subsidiaries",
        verbose_name=_("parent"),
        db_index=False,
    )
    lifecycle = models.CharField(_("relationship"), max_length=20, choices=Lifecycle.choices, blank=True)
    industry = models.CharField(_("industry"), max_length=80, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    annual_revenue = models.DecimalField(_("annual revenue"), max_digits=18, decimal_places=2, null=True, blank=True)
    revenue_currency = models.CharField(_("currency of the revenue"), max_length=3, blank=True)
    founded_year = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    website = models.CharField(_("website"), max_length=300, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=40, blank=True)
    company_number = models.CharField(_("company number"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=80, blank=True)
    supplied_by = models.CharField(_("present supplier"), max_length=120, blank=True)
    supplied_until = models.DateField(_("contract with the supplier until"), null=True, blank=True)
    description = models.TextField(_("description"), blank=True)
    chance_to_become_customer = models.PositiveSmallIntegerField(
        _("chance to become a customer"), null=True, blank=True, editable=False
    )
    risk_of_leaving = models.PositiveSmallIntegerField(_("risk of leaving"), null=True, blank=True, editable=False)
    lifetime_value = models.DecimalField(
        _("expected orders, 12 months"), max_digits=18, decimal_places=2, null=True, blank=True, editable=False
    )
    next_offer = models.CharField(_("next offer"), max_length=200, blank=True, editable=False)
    risk_of_discontent = models.PositiveSmallIntegerField(
        _("risk of discontent"), null=True, blank=True, editable=False
    )
    segment = models.CharField(_("segment"), max_length=80, blank=True, editable=False)
    portfolio_place = models.CharField(
        _("place in the portfolio"), max_length=20, choices=Place.choices, blank=True, editable=False
    )
    collaboration = models.PositiveSmallIntegerField(_("collaboration"), null=True, blank=True, editable=False)
    service_model = models.CharField(
        _("service model"), max_length=20, choices=ServiceModel.choices, blank=True, editable=False
    )
    sort_name = sort_key("name")
    domain = host_column("website")

    if TYPE_CHECKING:
        parent_id: UUID | None

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [
            models.Index(fields=["sort_name", "id"], name="organisation_by_name", include=("owner", "team")),
            models.Index(fields=["domain"], name="organisation_by_domain", condition=~models.Q(domain="")),
            models.Index(fields=["parent"], name="organisation_by_parent", condition=models.Q(parent__isnull=False)),
        ]

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by website, numbers, e-mails, phones and towns too."""
        own = [values.get(name) for name in ("website", "vat_number", "company_number")]
        return joined([*own, contact_text(values)])

    def clean(self) -> None:
        """An organisation can't stand above itself."""
        if self.parent_id and self.pk in self._ancestor_ids():
            raise ValidationError({"parent": _("An organisation can't be part of itself or of its own subsidiaries.")})

    @verb(label=_("Merge with another"), past=_("merged"))
    def merge_into(self, other: "Organisation", *, take: str = "") -> "Organisation":
        """Make this organisation a part of another one, which is the same company and gets all that this one has.

        The other one keeps its own values and gets those that it lacks; `take` names fields, separated by commas,
        whose value comes from this one. Undo makes two of them again.
        """
        self._merge(other, take=names_in(take))
        return other

    @classmethod
    @verb(label=_("Merge several"), past=_("merged several"), permission=".merge_into")
    def merge_several(cls, mergers: Sequence[Merging]) -> Outcome:
        """Merge several, each into the one named beside it; those that refuse stay as they were and are told."""
        return merge_each(cls, mergers)

    def settle_merger(self, gone: Mergeable, changes: Values) -> None:
        """No merger may put an organisation below itself."""
        assert isinstance(gone, Organisation)
        if gone.pk in self._ancestor_ids():
            changes["parent_id"] = gone.parent_id  # it takes the other one's place, with all that stood between below
        elif "parent_id" in changes:
            self_above = Organisation(pk=self.pk, parent_id=changes["parent_id"])
            if self.pk in self_above._ancestor_ids():
                del changes["parent_id"]

    def _ancestor_ids(self) -> list[UUID]:
        """Ids upwards from the parent; stops at a loop or at an improbable depth."""
        found: list[UUID] = []
        current = self.parent_id
        while current and current not in found and len(found) < DEEPEST_HIERARCHY:
            found.append(current)
            if current == self.pk:
                break
            current = Organisation.objects.filter(pk=current).values_list("parent_id", flat=True).first()
        return found
