"""Names in capitals or small letters."""

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Checked, Dimension, Severity

RULE = Checked(
    label=_("Name in capitals or small letters"),
    meaning=_("It would stand so in letters and mails. Take the correction."),
    dimension=Dimension.FORMAT,
    severity=Severity.LOW,
    minutes=1,
    kind="name",
    domains=(),
    codes=frozenset({"case"}),
    types=("person", "lead"),
    fields=("first_name", "last_name"),
    bad=({"record": "person", "last_name": "BELL"},),
    good=({"record": "person", "last_name": "Bell"},),
)
