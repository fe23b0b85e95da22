"""Phone numbers that can't be dialled from elsewhere."""

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Checked, Dimension, Severity

RULE = Checked(
    label=_("Phone number without its country"),
    meaning=_("It can't be dialled from abroad. Take the correction, or write + and the prefix of the country."),
    dimension=Dimension.FORMAT,
    severity=Severity.LOW,
    minutes=1,
    kind="phone",
    domains=("phone", "phones"),
    codes=frozenset({"rewritten", "countryless"}),
    bad=({"record": "person", "last_name": "Bell", "phones": [{"kind": "work", "value": "00351213000000"}]},),
    good=({"record": "person", "last_name": "Bell", "phones": [{"kind": "work", "value": "+351213000000"}]},),
)
