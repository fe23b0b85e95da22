"""The lead: somebody who may become a customer, before we know whether it is worth an opportunity."""

from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.merging.mergeable import Merging, merge_each, names_in
from rapport.core.several import Outcome
from rapport.core.verbs import verb

from .converting import Convertible
from .facts import LeadStatus
from .merging import Combinable
from .submitting import Submittable


class Lead(Convertible, Combinable, Submittable):
    """A possible customer as they came in; after conversion it keeps links to what it became.

    `chance_to_convert` is what the live estimator says, in per cent, `expected_kind` and `expected_size` which product
    family and amount (in our own currency) it would bring; all follow from the rest, beside the history.
    """

    unrecorded_fields: ClassVar[frozenset[str]] = frozenset({"chance_to_convert", "expected_kind", "expected_size"})

    chance_to_convert = models.PositiveSmallIntegerField(_("chance to convert"), null=True, blank=True, editable=False)
    expected_kind = models.CharField(_("expected kind"), max_length=120, blank=True, editable=False)
    expected_size = models.DecimalField(
        _("expected size"), max_digits=18, decimal_places=2, null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        indexes = [
            models.Index(
                fields=["status", "-id"],
                name="lead_by_status",
                include=("owner", "team", "amount", "currency"),  # so that lists are added up from the index alone
            ),
            models.Index(fields=["owner", "-id"], name="lead_new_of_owner", condition=Q(status=LeadStatus.NEW)),
            models.Index(fields=["sort_name", "id"], name="lead_by_name"),
            models.Index(fields=["opportunity"], name="lead_of_opportunity", condition=Q(opportunity__isnull=False)),
        ]

    @verb(label=_("Merge with another"), past=_("merged"))
    def merge_into(self, other: "Lead", *, take: str = "") -> "Lead":
        """Make this lead a part of another one, which is the same enquiry and gets all that this one has.

        The other one keeps its own values and gets those that it lacks; `take` names fields, separated by commas,
        whose value comes from this one. It is then as far as the further of both. Undo makes two of them again.
        """
        self._merge(other, take=names_in(take))
        return other

    @classmethod
    @verb(label=_("Merge several"), past=_("merged several"), permission=".merge_into")
    def merge_several(cls, mergers: Sequence[Merging]) -> Outcome:
        """Merge several, each into the one named beside it; those that refuse stay as they were and are told."""
        return merge_each(cls, mergers)
