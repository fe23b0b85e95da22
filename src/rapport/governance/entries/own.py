"""Own fields in the dictionary: what is known of a field that users added."""

from django.utils.translation import gettext_lazy as _

from ..dictionary import Field, always, describe
from ..domains import Boolean, Choice, Currency, DateTime, Integer, Text
from ..models import OwnField
from ..own.choices import Choices
from ..own.kinds import KINDS

_STEWARD = _("Administrators")

describe(
    OwnField,
    label=_("Own field"),
    plural=_("Own fields"),
    meaning=_("A field that was added to a type of records in the settings."),
    icon="text-cursor-input",
    importable=False,
    fields=[
        Field("label", _("Name"), Text(80), _("What the field is called."), steward=_STEWARD, mandatory=always),
        Field("for_type", _("Record type"), Text(40), _("The records that have it."), editable=False),
        Field(
            "kind",
            _("Kind"),
            Choice({kind.key: kind.label for kind in KINDS.values()}),
            _("What values it takes."),
            editable=False,
        ),
        Field("key", _("Key"), Text(60), _("Its name in imports and the API."), form=False, editable=False),
        Field("choices", _("Choices"), Choices(), _("The values to choose from.")),
        Field("meaning", _("Meaning"), Text(300), _("What is to be entered, shown as help.")),
        Field("target", _("Links to"), Text(40), _("The records that a link leads to."), editable=False),
        Field("currency", _("Currency"), Currency(), _("The currency of its amounts.")),
        Field("places", _("Decimals"), Integer(), _("How many digits stand after the decimal point.")),
        Field("mandatory", _("Mandatory"), Boolean(), _("Whether every record must have it.")),
        Field("in_list", _("Shown in lists"), Boolean(), _("Whether lists show it as they come.")),
        Field("quick", _("Fast on big lists"), Boolean(), _("Whether an index is kept for filters and orders.")),
        Field("position", _("Position"), Integer(), _("Its place among the own fields."), form=False),
        Field("removed_at", _("Removed"), DateTime(), _("When it was taken off."), form=False, editable=False),
        Field("index_ready", _("Index"), Text(40), _("The index that is kept for it."), form=False, editable=False),
    ],
)
