"""People: who we talk to at organisations, in their present role and in earlier ones."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.bulk import create_many
from rapport.core.clock import today
from rapport.core.merging.mergeable import Mergeable, Merging, merge_each, names_in
from rapport.core.several import Outcome
from rapport.core.snapshots import Values
from rapport.core.sorting import sort_key
from rapport.core.verbs import verb
from rapport.identity.models import OwnedRecord

from .affiliation import Affiliation
from .contact import Reachable, contact_text, joined
from .lookups import InLowerCase
from .organisation import Organisation


class BuyingRole(models.TextChoices):
    """The part somebody usually plays when their organisation buys."""

    DECIDER = "decider", _("Decider")
    INFLUENCER = "influencer", _("Influencer")
    USER = "user", _("User")
    GATEKEEPER = "gatekeeper", _("Gatekeeper")
    BUYER = "buyer", _("Buyer")
    CHAMPION = "champion", _("Champion")
    BLOCKER = "blocker", _("Blocker")


class Person(Reachable, OwnedRecord):
    """Somebody outside our company; `organisation` is where they mainly work now, affiliations tell the rest."""

    territory_path: ClassVar[str] = "organisation_id"
    merged_together = (
        *OwnedRecord.merged_together,
        ("organisation_id", "organisation_since", "job_title", "department"),
    )

    salutation = models.CharField(_("salutation"), max_length=30, blank=True)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    job_title = models.CharField(_("job title"), max_length=150, blank=True)
    department = models.CharField(_("department"), max_length=100, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
        verbose_name=_("organisation"),
    )
    organisation_since = models.DateField(_("there since"), null=True, blank=True)
    buying_role = models.CharField(_("buying role"), max_length=20, choices=BuyingRole.choices, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    profile = models.CharField(_("online profile"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=80, blank=True)
    description = models.TextField(_("description"), blank=True)
    sort_name = sort_key("last_name", "first_name")

    if TYPE_CHECKING:
        organisation_id: UUID | None

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["sort_name", "id"], name="person_by_name"),
            GinIndex(OpClass(InLowerCase("emails"), name="jsonb_path_ops"), name="person_by_email"),
        ]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """First and last name; the e-mail address of somebody without a name."""
        name = joined([values.get("first_name"), values.get("last_name")])
        emails = values.get("emails") or []
        return name or (emails[0]["value"] if emails else "")

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by job title, e-mails, phones and towns too."""
        return joined([values.get("job_title"), contact_text(values)])

    def clean(self) -> None:
        """Somebody has at least a name or an e-mail address."""
        if not self.title:
            raise ValidationError({"last_name": _("Give a name or an e-mail address.")})

    @verb(label=_("Move to another organisation"), past=_("moved"), permission="person.change")
    def move_to(
        self, organisation: Organisation | None, *, job_title: str = "", department: str = "", since: date | None = None
    ) -> None:
        """Note that the person works elsewhere now; the role left behind stays on record."""
        day = since or today()
        if self.organisation_id:
            self._keep_present_role(until=day)
        self.organisation = organisation
        self.organisation_since = day if organisation else None
        self.job_title, self.department = job_title, department
        self.check_facts()
        self.save()

    @verb(label=_("Add a role"), past=_("added a role of"), permission="person.change", sets="affiliation")
    def add_role(
        self, organisation: Organisation, *, role: str = "", since: date | None = None, until: date | None = None
    ) -> Affiliation:
        """Note a further or earlier role at an organisation, beside the main one."""
        return Affiliation.create(person=self, organisation=organisation, role=role, since=since, until=until)

    @verb(label=_("Merge with another"), past=_("merged"))
    def merge_into(self, other: "Person", *, take: str = "") -> "Person":
        """Make this person a part of another one, who is the same human being and gets all that this one has.

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
        """Of two main organisations one stays the main one; the other becomes a further role."""
        assert isinstance(gone, Person)
        main = changes.get("organisation_id", self.organisation_id)
        left = [one for one in (self, gone) if one.organisation_id not in (None, main)]
        create_many(Affiliation, [one.role_left(of=self) for one in left])

    def role_left(self, *, of: "Person") -> Values:
        """The main role of this person, as a further one of somebody."""
        facts = {"role": self.job_title, "department": self.department, "since": self.organisation_since}
        return {"person_id": of.pk, "organisation_id": self.organisation_id, **facts}

    def _keep_present_role(self, *, until: date) -> None:
        Affiliation.create(
            person=self,
            organisation_id=self.organisation_id,
            role=self.job_title,
            department=self.department,
            since=self.organisation_since,
            until=until,
        )
