"""E-mail addresses that are none."""

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Checked, Dimension, Severity

RULE = Checked(
    label=_("E-mail address that is none"),
    meaning=_("No mail can arrive there. Take the correction, or ask for the address."),
    dimension=Dimension.FORMAT,
    severity=Severity.HIGH,
    minutes=4,
    kind="email",
    domains=("email", "emails"),
    codes=frozenset({"malformed"}),
    bad=(
        {"record": "person", "last_name": "Bell", "emails": [{"kind": "work", "value": "ann@@acme.com"}]},
        {"record": "person", "last_name": "Bell", "emails": [{"kind": "work", "value": "ann"}]},
    ),
    good=({"record": "person", "last_name": "Bell", "emails": [{"kind": "work", "value": "ann@acme.com"}]},),
)
