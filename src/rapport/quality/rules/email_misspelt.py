"""Slips in the domains of e-mail addresses."""

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Checked, Dimension, Severity

RULE = Checked(
    label=_("E-mail address with a slip"),
    meaning=_("The domain looks like a slip of a known one, or its ending does not exist. Take the correction."),
    dimension=Dimension.PLAUSIBILITY,
    severity=Severity.HIGH,
    minutes=2,
    kind="email",
    domains=("email", "emails"),
    codes=frozenset({"misspelt"}),
    bad=({"record": "person", "last_name": "Bell", "emails": [{"kind": "work", "value": "ann@gmial.com"}]},),
    good=({"record": "person", "last_name": "Bell", "emails": [{"kind": "work", "value": "ann@gmail.com"}]},),
)
