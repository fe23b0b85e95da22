"""What people decide about data quality, in the dictionary."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Condition, Field, always, describe
from rapport.governance.domains import Boolean, Choice, DateTime, Domain, Integer, LongText, Several, Text

from .models import Dismissal, DuplicateDecision, OwnRule, PairVerdict, Precedence, Severity

_STEWARD = _("Data quality")


def _field(
    name: str, label: str | Promise, domain: Domain, meaning: str | Promise, *, needed: Condition | None = None
) -> Field:
    """A field that is set on pages of its own."""
    when = _("always") if needed else ""
    return Field(name, label, domain, meaning, steward=_STEWARD, mandatory=needed, mandatory_when=when, form=False)


describe(
    OwnRule,
    label=_("Quality rule"),
    plural=_("Quality rules"),
    meaning=_("Conditions under which a record needs attention, written by this company."),
    icon="list-checks",
    importable=False,
    fields=[
        _field("name", _("Name"), Text(120), _("What its findings are called."), needed=always),
        _field("for_type", _("Record type"), Text(40), _("The records it looks at."), needed=always),
        _field("query", _("Conditions"), LongText(), _("When a record is a finding."), needed=always),
        _field("meaning", _("What to do"), LongText(), _("What to do about a finding.")),
        _field("severity", _("Severity"), Choice(dict(Severity.choices)), _("How much harm a finding does.")),
        _field("steward", _("Steward"), Text(80), _("Who sees to it that findings are put right.")),
        _field("minutes", _("Minutes of work"), Integer(), _("How long it takes to put one finding right.")),
        _field("is_active", _("In use"), Boolean(), _("Whether it is asked at all.")),
    ],
)
describe(
    Dismissal,
    label=_("Dismissed finding"),
    plural=_("Dismissed findings"),
    meaning=_("Something a rule found that is right as it is, with the reason."),
    icon="circle-check",
    importable=False,
    fields=[
        _field("rule", _("Rule"), Text(80), _("The rule that found it."), needed=always),
        _field("for_type", _("Record type"), Text(40), _("The type of the record."), needed=always),
        _field("for_record", _("Record"), Text(40), _("The record that is right as it is."), needed=always),
        _field("field", _("Field"), Text(80), _("The field it is about.")),
        _field("imprint", _("Imprint"), Text(32), _("Tells whether the value was changed since.")),
        _field("reason", _("Reason"), Text(300), _("Why it is right as it is."), needed=always),
    ],
)
describe(
    Precedence,
    label=_("Order of sources"),
    plural=_("Orders of sources"),
    meaning=_("Which source is believed where two say different things."),
    icon="scale",
    importable=False,
    fields=[
        _field("for_type", _("Record type"), Text(40), _("The type of the records."), needed=always),
        _field("field", _("Field"), Text(80), _("The field; empty for all fields of the type.")),
        _field("sources", _("Sources"), Several(Text(20)), _("The sources, the most trusted first.")),
    ],
)
describe(
    DuplicateDecision,
    label=_("Word on a pair"),
    plural=_("Words on pairs"),
    meaning=_("What somebody said about two records that look like the same: that they are not, or to ask later."),
    icon="copy-check",
    importable=False,
    fields=[
        _field("for_type", _("Record type"), Text(40), _("The type of both records."), needed=always),
        _field("left_id", _("First record"), Text(40), _("The older record of the pair."), needed=always),
        _field("right_id", _("Second record"), Text(40), _("The newer record of the pair."), needed=always),
        _field("verdict", _("Verdict"), Choice(dict(PairVerdict.choices)), _("What was said."), needed=always),
        _field("until", _("Until"), DateTime(), _("When to ask again.")),
    ],
)
