"""Records of users who left."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Open opportunity of a user who left"),
    meaning=_("Its owner does not sign in any more. Hand it over to somebody who works here."),
    dimension=Dimension.REFERENCE,
    severity=Severity.HIGH,
    minutes=2,
    record_type="opportunity",
    field="owner",
    needs=("status",),
    where=lambda: Q(status="open", owner__is_active=False),
    parents=("owner",),
    bad=({"name": "Pumps", "owner": {"name": "Eve Eade", "email": "eve@rapport.example", "is_active": False}},),
    good=({"name": "Pumps", "owner": {"name": "Eve Eade", "email": "eve@rapport.example"}},),
)
