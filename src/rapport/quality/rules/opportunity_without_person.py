"""Open opportunities without anybody to talk to."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Open opportunity without a contact"),
    meaning=_("Nobody at the customer is named. Link the person we talk to."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.MEDIUM,
    minutes=4,
    record_type="opportunity",
    field="person",
    needs=("status",),
    where=lambda: Q(status="open", person=None),
    bad=({"name": "Pumps"},),
    good=({"name": "Pumps", "person": {"last_name": "Bell"}},),
)
