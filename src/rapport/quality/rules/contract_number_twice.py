"""Contracts that share a number."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from rapport.orders.models import Contract
from rapport.quality.ruling import Asked, Dimension, Severity

_OTHERS = Contract._base_manager.filter(number=OuterRef("number")).exclude(pk=OuterRef("pk"))

RULE = Asked(
    label=_("Contract number used twice"),
    meaning=_("Two contracts have the same number: one was entered twice, or a number is wrong."),
    dimension=Dimension.UNIQUENESS,
    severity=Severity.MEDIUM,
    minutes=6,
    record_type="contract",
    steward=_("Finance"),
    field="number",
    where=lambda: ~Q(number="") & Exists(_OTHERS),
    is_own_table=True,
    bad=(
        {
            "number": "C-7",
            "organisation": {"name": "Acme"},
            "beside": [{"number": "C-7", "organisation": {"name": "Acme"}}],
        },
    ),
    good=({"number": "C-7", "organisation": {"name": "Acme"}},),
)
