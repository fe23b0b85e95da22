"""Open opportunities of nobody."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Open opportunity without an owner"),
    meaning=_("Nobody feels responsible for it. Give it an owner."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.HIGH,
    minutes=2,
    record_type="opportunity",
    field="owner",
    needs=("status",),
    where=lambda: Q(status="open", owner=None),
    bad=({"name": "Pumps"},),
    good=({"name": "Pumps", "owner": {"name": "Eve Eade", "email": "eve@rapport.example"}},),
)
