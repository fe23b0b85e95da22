"""Contracts: what a customer is bound to, from when to when, and until when notice can be given."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.problems import Problem
from rapport.core.verbs import verb
from rapport.identity.models import OwnedRecord

from ..numbering import next_numbers, number_rows
from .order import Order


class ContractStatus(models.TextChoices):
    """Whether it binds."""

    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("Active")
    NOTICE_GIVEN = "notice_given", _("Notice given")
    ENDED = "ended", _("Ended")
    CANCELLED = "cancelled", _("Cancelled")


class Renewal(models.TextChoices):
    """What happens at the end."""

    NONE = "none", _("Ends by itself")
    AUTOMATIC = "automatic", _("Renews by itself")


class BillingPeriod(models.TextChoices):
    """What the amount is for."""

    ONCE = "once", _("Once")
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    YEAR = "year", _("Year")


class Contract(OwnedRecord):
    """An agreement over time; `notice_by` is the last day to give notice and follows from end and notice period."""

    territory_path: ClassVar[str] = "organisation_id"

    SEQUENCE: ClassVar[str] = "orders_contract_number"
    PREFIX: ClassVar[str] = "C-"

    number = models.CharField(_("number"), max_length=60, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=80, blank=True)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="contracts", verbose_name=_("organisation")
    )
    person = models.ForeignKey(
        "directory.Person",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed by"),
        db_index=False,
    )
    opportunity = models.ForeignKey(
        "pipeline.Opportunity",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contracts",
        verbose_name=_("opportunity"),
    )
    order = models.ForeignKey(
        Order,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contracts",
        verbose_name=_("order"),
        db_index=False,
    )
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    notice_period_days = models.PositiveIntegerField(_("notice period in days"), null=True, blank=True)
    notice_by = models.DateField(_("notice by"), null=True, blank=True)
    renewal = models.CharField(_("renewal"), max_length=10, choices=Renewal.choices, default=Renewal.NONE)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    billing_period = models.CharField(
        _("per"), max_length=10, choices=BillingPeriod.choices, default=BillingPeriod.YEAR
    )
    status = models.CharField(_("status"), max_length=12, choices=ContractStatus.choices, default=ContractStatus.ACTIVE)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        indexes = [
            models.Index(fields=["ends_on", "id"], name="contract_by_end"),
            models.Index(fields=["notice_by"], name="contract_by_notice", condition=Q(notice_by__isnull=False)),
            models.Index(fields=["number"], name="contract_by_number"),
        ]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """Number and subject."""
        said = [str(values[name]) for name in ("number", "subject", "kind") if values.get(name)][:2]
        return " · ".join(said) or str(_("Contract"))

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by number, subject and description."""
        return str(values.get("description") or "")

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """Contracts get their last day for notice, and a number where they have none."""
        super().complete_rows(rows)
        number_rows(rows, cls.SEQUENCE, prefix=cls.PREFIX)
        for row in rows:
            row["notice_by"] = last_day_for_notice(row["ends_on"], row["notice_period_days"]) or row["notice_by"]

    def clean(self) -> None:
        """A contract starts before it ends; the last day for notice follows."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The contract ends before it starts. Correct one of the two days.")})
        self.notice_by = last_day_for_notice(self.ends_on, self.notice_period_days) or self.notice_by

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row; a contract without a number gets the next one."""
        if not self.number:
            self.number = next_numbers(self.SEQUENCE, prefix=self.PREFIX, count=1)[0]
        super().save(*args, **options)

    @verb(label=_("Renew"), past=_("renewed"), permission="contract.change")
    def renew(self, until: date) -> None:
        """Let it run on until a later day."""
        if self.ends_on is not None and until <= self.ends_on:
            raise Problem(_("Choose a day after the present end, %(day)s.") % {"day": self.ends_on.isoformat()})
        self.ends_on, self.status = until, ContractStatus.ACTIVE
        self.check_facts()
        self.save()

    @verb(label=_("Note the notice"), past=_("noted the notice of"), permission="contract.change")
    def give_notice(self, *, ends_on: date | None = None) -> None:
        """Note that one side gave notice: it won't renew; with `ends_on`, it ends that day."""
        self.status, self.renewal = ContractStatus.NOTICE_GIVEN, Renewal.NONE
        self.ends_on = ends_on or self.ends_on
        self.check_facts()
        self.save()

    @verb(label=_("End"), past=_("ended"), permission="contract.change")
    def end(self) -> None:
        """Say that it binds nobody any more."""
        self.status = ContractStatus.ENDED
        self.save()


def last_day_for_notice(ends_on: date | None, period_in_days: int | None) -> date | None:
    """End minus notice period, where both are known."""
    return ends_on - timedelta(days=period_in_days) if ends_on and period_in_days is not None else None
