"""People who can't be reached."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Person without e-mail and phone"),
    meaning=_("This person can't be reached. Ask for an address or a number at the next contact."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.HIGH,
    minutes=8,
    record_type="person",
    field="emails",
    needs=("phones",),
    where=lambda: Q(emails=[], phones=[]),
    bad=({"last_name": "Bell"},),
    good=({"last_name": "Bell", "phones": [{"kind": "work", "value": "+351213000000"}]},),
)
