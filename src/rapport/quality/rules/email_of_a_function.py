"""People whose address is that of a department."""

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Checked, Dimension, Severity

RULE = Checked(
    label=_("Person with the address of a department"),
    meaning=_("Mail to it reaches whoever is there that day. Ask for the person's own address."),
    dimension=Dimension.PLAUSIBILITY,
    severity=Severity.LOW,
    minutes=5,
    kind="email",
    domains=("emails",),
    codes=frozenset({"function"}),
    types=("person",),
    bad=({"record": "person", "last_name": "Bell", "emails": [{"kind": "work", "value": "info@acme.com"}]},),
    good=({"record": "person", "last_name": "Bell", "emails": [{"kind": "work", "value": "ann.bell@acme.com"}]},),
)
