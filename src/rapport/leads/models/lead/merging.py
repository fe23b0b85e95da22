"""What merging means for leads: somebody who came in twice is worked on once."""

from collections.abc import Sequence
from typing import ClassVar

from django.utils.translation import gettext as _

from rapport.core.merging.mergeable import Mergeable
from rapport.core.problems import Problem
from rapport.core.snapshots import Values
from rapport.identity.models import OwnedRecord

from .facts import Facts, LeadStatus

_BECAME = ("organisation_id", "person_id", "opportunity_id")
_AS_FAR_AS = ("status", "discard_reason", "parked_until", "converted_on", *_BECAME)
_FURTHEST_LAST = (
    *(LeadStatus.DISCARDED, LeadStatus.PARKED),
    *(LeadStatus.NEW, LeadStatus.WORKING, LeadStatus.QUALIFIED, LeadStatus.CONVERTED),
)


class Combinable(Facts):
    """Says what two leads are together."""

    merged_together: ClassVar[Sequence[Sequence[str]]] = (*OwnedRecord.merged_together, ("amount", "currency"))

    class Meta:
        abstract = True

    def settle_merger(self, gone: Mergeable, changes: Values) -> None:
        """The lead is as far as the further of both; of what it became nothing may be lost."""
        assert isinstance(gone, Combinable)
        if self.status == gone.status == LeadStatus.CONVERTED:
            if any(_disagree(getattr(self, name), getattr(gone, name)) for name in _BECAME):
                raise Problem(_("Both leads were converted, to different records. Merge those instead."))
            return
        further = max(self, gone, key=lambda lead: _FURTHEST_LAST.index(LeadStatus(lead.status)))
        changes |= {name: getattr(further, name) for name in _AS_FAR_AS}


def _disagree(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other
