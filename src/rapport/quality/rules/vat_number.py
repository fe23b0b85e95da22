"""VAT numbers with wrong digits."""

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Checked, Dimension, Severity

RULE = Checked(
    label=_("VAT number that is none"),
    meaning=_("An invoice with it can be refused. Take the correction, or ask the customer."),
    dimension=Dimension.FORMAT,
    severity=Severity.HIGH,
    minutes=6,
    kind="vat",
    domains=("vat",),
    steward=_("Finance"),
    bad=({"record": "organisation", "name": "Acme", "country": "PT", "vat_number": "PT501964844"},),
    good=(
        {"record": "organisation", "name": "Acme", "country": "PT", "vat_number": "PT501964843"},
        {"record": "organisation", "name": "Acme", "vat_number": "GB980780684"},
    ),
)
