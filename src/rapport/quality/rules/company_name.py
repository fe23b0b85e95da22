"""Names of companies with a slip."""

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Checked, Dimension, Severity

RULE = Checked(
    label=_("Name of a company with a slip"),
    meaning=_("A placeholder, a mistyped legal form, or capitals only. Take the correction."),
    dimension=Dimension.FORMAT,
    severity=Severity.LOW,
    minutes=2,
    kind="company",
    domains=(),
    types=("organisation",),
    fields=("name",),
    bad=({"record": "organisation", "name": "Acme Gmhb"},),
    good=({"record": "organisation", "name": "Acme GmbH"},),
)
