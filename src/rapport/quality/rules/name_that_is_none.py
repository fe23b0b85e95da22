"""What stands in the place of a name."""

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Checked, Dimension, Severity

RULE = Checked(
    label=_("Name that is none"),
    meaning=_("A placeholder or signs stand where a name should. Find out who it is, or delete the record."),
    dimension=Dimension.PLAUSIBILITY,
    severity=Severity.MEDIUM,
    minutes=5,
    kind="name",
    domains=(),
    codes=frozenset({"none"}),
    types=("person", "lead"),
    fields=("first_name", "last_name"),
    bad=(
        {"record": "person", "last_name": "Unknown"},
        {"record": "person", "last_name": "Bell #2"},
    ),
    good=({"record": "person", "last_name": "O'Neill"},),
)
