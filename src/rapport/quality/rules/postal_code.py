"""Postal codes that their country does not have."""

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Checked, Dimension, Severity

RULE = Checked(
    label=_("Postal code that is none"),
    meaning=_("It is not written as its country does it. Take the correction, or look it up."),
    dimension=Dimension.FORMAT,
    severity=Severity.LOW,
    minutes=3,
    kind="postal-code",
    domains=("addresses",),
    bad=(
        {
            "record": "organisation",
            "name": "Acme",
            "addresses": [{"kind": "office", "postal_code": "7500", "country": "FR"}],
        },
    ),
    good=(
        {
            "record": "organisation",
            "name": "Acme",
            "addresses": [{"kind": "office", "postal_code": "75001", "country": "FR"}],
        },
    ),
)
