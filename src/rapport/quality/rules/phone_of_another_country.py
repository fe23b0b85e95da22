"""Phone numbers from elsewhere."""

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Checked, Dimension, Severity

RULE = Checked(
    label=_("Phone number of another country"),
    meaning=_("The prefix is not that of the organisation's country. One of the two may be wrong."),
    dimension=Dimension.CONSISTENCY,
    severity=Severity.LOW,
    minutes=2,
    kind="phone",
    domains=("phones",),
    codes=frozenset({"elsewhere"}),
    types=("organisation",),
    bad=(
        {
            "record": "organisation",
            "name": "Acme",
            "country": "FR",
            "phones": [{"kind": "work", "value": "+351213000000"}],
        },
    ),
    good=(
        {
            "record": "organisation",
            "name": "Acme",
            "country": "PT",
            "phones": [{"kind": "work", "value": "+351213000000"}],
        },
    ),
)
