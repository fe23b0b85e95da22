"""Organisations that share a VAT number."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from rapport.directory.models import Organisation
from rapport.quality.ruling import Asked, Dimension, Severity

_OTHERS = Organisation._base_manager.filter(vat_number=OuterRef("vat_number")).exclude(pk=OuterRef("pk"))

RULE = Asked(
    label=_("VAT number used twice"),
    meaning=_("Two organisations have the same VAT number: they are probably one. Merge them, or correct one."),
    dimension=Dimension.UNIQUENESS,
    severity=Severity.HIGH,
    minutes=10,
    record_type="organisation",
    steward=_("Finance"),
    field="vat_number",
    where=lambda: ~Q(vat_number="") & Exists(_OTHERS),
    is_own_table=True,
    bad=({"name": "Acme", "vat_number": "PT501964843", "beside": [{"name": "Acme Lda", "vat_number": "PT501964843"}]},),
    good=({"name": "Acme", "vat_number": "PT501964843"},),
)
