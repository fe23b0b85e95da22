"""Names with a title, or turned round."""

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Checked, Dimension, Severity

RULE = Checked(
    label=_("Name with a title or a comma"),
    meaning=_("Title, first and last name have fields of their own. Take the correction."),
    dimension=Dimension.FORMAT,
    severity=Severity.LOW,
    minutes=1,
    kind="name",
    domains=(),
    codes=frozenset({"order"}),
    types=("person", "lead"),
    fields=("first_name", "last_name"),
    bad=({"record": "person", "last_name": "Dr Bell"},),
    good=({"record": "person", "last_name": "Bell"},),
)
