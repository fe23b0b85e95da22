"""VAT numbers of another country."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("VAT number of another country"),
    meaning=_("Its first letters are not those of the organisation's country. One of the two is wrong."),
    dimension=Dimension.CONSISTENCY,
    severity=Severity.MEDIUM,
    minutes=5,
    record_type="organisation",
    steward=_("Finance"),
    field="vat_number",
    needs=("country",),
    where=lambda: (
        Q(vat_number__regex=r"^[A-Z]{2}")
        & ~Q(country="")
        & ~Q(vat_number__startswith=F("country"))
        & ~Q(country="GR", vat_number__startswith="EL")
        & ~Q(country="GB", vat_number__startswith="XI")
    ),
    bad=({"name": "Acme", "country": "FR", "vat_number": "PT501964843"},),
    good=(
        {"name": "Acme", "country": "PT", "vat_number": "PT501964843"},
        {"name": "Acme", "country": "GR", "vat_number": "EL094259216"},
    ),
)
