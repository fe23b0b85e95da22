"""People who belong nowhere."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Person without an organisation"),
    meaning=_("Nobody knows where this person works. Link the organisation, or make a note of why there is none."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.MEDIUM,
    minutes=3,
    record_type="person",
    field="organisation",
    where=lambda: Q(organisation=None),
    bad=({"first_name": "Ann", "last_name": "Bell"},),
    good=({"last_name": "Bell", "organisation": {"name": "Acme"}},),
)
