"""Addresses made to be thrown away."""

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Checked, Dimension, Severity

RULE = Checked(
    label=_("Throw-away e-mail address"),
    meaning=_("The domain gives out addresses for an hour. Ask for a real one."),
    dimension=Dimension.PLAUSIBILITY,
    severity=Severity.MEDIUM,
    minutes=6,
    kind="email",
    domains=("email", "emails"),
    codes=frozenset({"disposable"}),
    bad=({"record": "lead", "last_name": "Bell", "emails": [{"kind": "work", "value": "ann@mailinator.com"}]},),
    good=({"record": "lead", "last_name": "Bell", "emails": [{"kind": "work", "value": "ann@acme.com"}]},),
)
