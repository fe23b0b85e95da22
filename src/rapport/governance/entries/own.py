"""Own fields in the dictionary: what is known of a field that users added."""

from django.utils.translation import gettext_lazy as _

from ..dictionary import Field, always, describe
from ..domains import Boolean, Choice, Currency, DateTime, Integer, Link, LongText, Text
from ..models import OwnField, OwnRecord, OwnType
from ..own.choices import Choices
from ..own.kinds import KINDS
from ..own.rights import Rights

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
        Field("formula", _("Formula"), LongText(2_000), _("How its value follows from other fields of the record.")),
        Field("result", _("Result"), Text(20), _("What kind of values the formula gives."), editable=False),
        Field("rolled_type", _("Rolled-up records"), Text(40), _("The records that it sums up."), editable=False),
        Field("rolled_link", _("Linked by"), Text(60), _("Their field that leads to this record."), editable=False),
        Field("rolled_how", _("Rolled up by"), Text(10), _("Count, sum, smallest, largest, average or newest.")),
        Field("rolled_field", _("Rolled-up field"), Text(60), _("Which of their fields.")),
        Field("rolled_where", _("Only where"), Text(300), _("The condition that they must meet to be counted.")),
        Field("for_everyone", _("Shown to all"), Boolean(), _("Whether those see it who don't see all it sums up.")),
        Field("worked_out", _("Worked out"), Text(40), _("What its values stand for."), form=False, editable=False),
        Field("progress", _("Progress"), Integer(), _("How far that is, in percent."), form=False, editable=False),
    ],
)

describe(
    OwnType,
    label=_("Own record type"),
    plural=_("Own record types"),
    meaning=_("A kind of record that was added in the settings."),
    icon="boxes",
    importable=False,
    fields=[
        Field("label", _("Name of one"), Text(60), _("What one record is called."), steward=_STEWARD, mandatory=always),
        Field(
            "plural", _("Name of several"), Text(60), _("What its list is called."), steward=_STEWARD, mandatory=always
        ),
        Field("meaning", _("Meaning"), Text(300), _("What such a record stands for.")),
        Field("icon", _("Icon"), Text(40), _("The drawing beside its name.")),
        Field("in_navigation", _("In the navigation"), Boolean(), _("Whether the navigation leads to its list.")),
        Field("rights", _("Rights by role"), Rights(), _("What each role may do with its records."), form=False),
        Field("key", _("Key"), Text(40), _("Its name in imports and the API."), form=False, editable=False),
        Field("removed_at", _("Removed"), DateTime(), _("When it was taken off."), form=False, editable=False),
    ],
)

describe(
    OwnRecord,
    label=_("Record of an own type"),
    plural=_("Records of own types"),
    meaning=_("What all records of own types have in common."),
    icon="box",
    importable=False,
    fields=[
        Field("kind", _("Record type"), Text(40), _("The own type it is of."), form=False, editable=False),
        Field("name", _("Name"), Text(200), _("What it is called."), mandatory=always, mandatory_when=_("always")),
        Field("owner", _("Owner"), Link("user"), _("Who looks after it.")),
        Field("team", _("Team"), Link("team"), _("The team it belongs to."), form=False, editable=False),
    ],
)
