"""Records of users who left."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Customer of a user who left"),
    meaning=_("Its owner does not sign in any more. Hand it over to somebody who works here."),
    dimension=Dimension.REFERENCE,
    severity=Severity.HIGH,
    minutes=2,
    record_type="organisation",
    field="owner",
    needs=("lifecycle",),
    where=lambda: Q(lifecycle="customer", owner__is_active=False),
    parents=("owner",),
    bad=(
        {
            "name": "Acme",
            "lifecycle": "customer",
            "owner": {"name": "Eve Eade", "email": "eve@rapport.example", "is_active": False},
        },
    ),
    good=({"name": "Acme", "lifecycle": "customer", "owner": {"name": "Eve Eade", "email": "eve@rapport.example"}},),
)
