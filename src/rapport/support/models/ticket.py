"""Tickets: what a customer asked or complained about, and how it was solved."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.activities.models import Note, Priority
from rapport.core.clock import now
from rapport.core.problems import Problem
from rapport.core.verbs import verb
from rapport.identity.models import OwnedRecord
from rapport.orders.numbering import next_numbers, number_rows


class TicketStatus(models.TextChoices):
    """Whose turn it is."""

    NEW = "new", _("New")
    OPEN = "open", _("Open")
    PENDING = "pending", _("Waiting for the customer")
    SOLVED = "solved", _("Solved")
    CLOSED = "closed", _("Closed")

    @classmethod
    def over(cls) -> tuple[str, ...]:
        """Those in which nothing is left to do."""
        return (cls.SOLVED, cls.CLOSED)


class Channel(models.TextChoices):
    """How it reached us."""

    MAIL = "mail", _("Mail")
    PHONE = "phone", _("Phone")
    WEB = "web", _("Web")
    CHAT = "chat", _("Chat")
    OTHER = "other", _("Other")


class Ticket(OwnedRecord):
    """A question or complaint of a customer, from opening to solution; `satisfaction` from 1 to 5."""

    territory_path: ClassVar[str] = "organisation_id"

    SEQUENCE: ClassVar[str] = "support_ticket_number"
    PREFIX: ClassVar[str] = "T-"

    number = models.CharField(_("number"), max_length=60, blank=True)
    subject = models.CharField(_("subject"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    organisation = models.ForeignKey(
        "directory.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("organisation"),
    )
    person = models.ForeignKey(
        "directory.Person",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("person"),
    )
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    priority = models.CharField(_("priority"), max_length=10, choices=Priority.choices, default=Priority.NORMAL)
    status = models.CharField(_("status"), max_length=10, choices=TicketStatus.choices, default=TicketStatus.NEW)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, blank=True)
    category = models.CharField(_("category"), max_length=80, blank=True)
    opened_at = models.DateTimeField(_("opened"), default=now)
    first_answer_at = models.DateTimeField(_("first answer"), null=True, blank=True)
    solved_at = models.DateTimeField(_("solved"), null=True, blank=True)
    resolution = models.TextField(_("resolution"), blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="ticket_newest_first"),
            models.Index(fields=["number"], name="ticket_by_number"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 5)),
                name="ticket_satisfaction_from_1_to_5",
                violation_error_message=_("Satisfaction goes from 1 to 5."),
            )
        ]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """Number and subject."""
        return " · ".join(str(values[name]) for name in ("number", "subject") if values.get(name))

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by description and resolution too."""
        return f"{values.get('description') or ''} {values.get('resolution') or ''}"

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """Tickets without a number get the next one."""
        super().complete_rows(rows)
        number_rows(rows, cls.SEQUENCE, prefix=cls.PREFIX)

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.status not in TicketStatus.over()

    def clean(self) -> None:
        """A ticket is answered and solved after it was opened."""
        for name in ("first_answer_at", "solved_at"):
            moment = getattr(self, name)
            if moment is not None and moment < self.opened_at:
                raise ValidationError({name: _("This lies before the ticket was opened. Correct one of the two.")})

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row; a ticket without a number gets the next one."""
        if not self.number:
            self.number = next_numbers(self.SEQUENCE, prefix=self.PREFIX, count=1)[0]
        super().save(*args, **options)

    @verb(label=_("Answer"), past=_("answered"))
    def answer(self, text: str) -> None:
        """Note what the customer was told; it is their turn now. The first answer's moment is kept."""
        if not text.strip():
            raise Problem(_("Write what the customer was told."))
        Note.create(subject=str(_("Answer")), text=text, about=[self])
        self.first_answer_at = self.first_answer_at or now()
        self.status = TicketStatus.PENDING
        self.save()

    @verb(label=_("Solve"), past=_("solved"))
    def solve(self, *, resolution: str = "", satisfaction: int | None = None) -> None:
        """Say that the customer has what they asked for, how it was solved, and how satisfied they are, if known."""
        if not self.is_open:
            raise Problem(_("This ticket is already solved."))
        self.status, self.solved_at = TicketStatus.SOLVED, now()
        self.resolution = resolution or self.resolution
        self.satisfaction = satisfaction or self.satisfaction
        self.check_facts()
        self.save()

    @verb(label=_("Reopen"), past=_("reopened"))
    def reopen(self) -> None:
        """Put a solved ticket back to work."""
        if self.is_open:
            raise Problem(_("This ticket is still open."))
        self.status, self.solved_at = TicketStatus.OPEN, None
        self.save()
