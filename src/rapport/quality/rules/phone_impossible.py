"""Phone numbers that nobody has."""

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Checked, Dimension, Severity

RULE = Checked(
    label=_("Phone number that nobody has"),
    meaning=_("Its country has no numbers of this length: digits are missing, or too many. Ask for it again."),
    dimension=Dimension.PLAUSIBILITY,
    severity=Severity.MEDIUM,
    minutes=4,
    kind="phone",
    domains=("phone", "phones"),
    codes=frozenset({"length"}),
    bad=({"record": "person", "last_name": "Bell", "phones": [{"kind": "work", "value": "+35121300"}]},),
    good=({"record": "person", "last_name": "Bell", "phones": [{"kind": "work", "value": "+351213000000"}]},),
)
