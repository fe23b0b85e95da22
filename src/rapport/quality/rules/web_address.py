"""Web addresses that lead nowhere."""

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Checked, Dimension, Severity

RULE = Checked(
    label=_("Web address that leads nowhere"),
    meaning=_("It is no web address, or its ending does not exist. Take the correction, or look it up."),
    dimension=Dimension.FORMAT,
    severity=Severity.LOW,
    minutes=2,
    kind="url",
    domains=("url",),
    bad=({"record": "organisation", "name": "Acme", "website": "https://acme.con"},),
    good=({"record": "organisation", "name": "Acme", "website": "https://acme.com"},),
)
