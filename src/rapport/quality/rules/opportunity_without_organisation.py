"""Open opportunities without a customer."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Open opportunity without an organisation"),
    meaning=_("It is not said who would buy. Link the organisation."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.HIGH,
    minutes=4,
    record_type="opportunity",
    field="organisation",
    needs=("status",),
    where=lambda: Q(status="open", organisation=None),
    bad=({"name": "Pumps"},),
    good=({"name": "Pumps", "organisation": {"name": "Acme"}},),
)
