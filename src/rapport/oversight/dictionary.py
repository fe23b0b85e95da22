"""Oversight in the dictionary."""

from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.governance.dictionary import Field, always, describe
from rapport.governance.domains import (
    Boolean,
    Choice,
    Date,
    DateTime,
    DecimalNumber,
    Domain,
    Integer,
    Link,
    LongText,
    Text,
)
from rapport.identity.roles import Role

from .actions import Level
from .models import (
    Alarm,
    AutonomyLevel,
    DrillState,
    MachineRun,
    OwnAnswer,
    Proposal,
    ProposalState,
    RunState,
    StopDrill,
    StopSwitch,
    Trial,
    TrialCase,
    TrialState,
    Vigilance,
)

_STEWARD = _("Administrators")


def _told(
    name: str,
    label: str | Promise,
    domain: Domain,
    meaning: str | Promise,
    *,
    in_list: bool = False,
    needed: bool = False,
) -> Field:
    """A field that oversight itself fills."""
    return Field(
        name,
        label,
        domain,
        meaning,
        steward=_STEWARD,
        in_list=in_list,
        form=False,
        editable=False,
        mandatory=always if needed else None,
        mandatory_when=_("always") if needed else "",
    )


_ACTION = ("action", _("Action"), Text(60), _("What kind of thing the machine does."))

describe(
    MachineRun,
    label=_("Machine run"),
    plural=_("Machine runs"),
    meaning=_("One piece of work of a machine; it can be undone as a whole."),
    icon="sparkles",
    importable=False,
    fields=[
        _told(*_ACTION, in_list=True, needed=True),
        _told("purpose", _("Purpose"), Text(300), _("What the run is for."), in_list=True),
        _told(
            "on_behalf_of", _("On behalf of"), Link("user"), _("The person whose rights the machine has."), in_list=True
        ),
        _told("state", _("State"), Choice(dict(RunState.choices)), _("How the run stands."), in_list=True),
        _told("cap", _("May touch"), Integer(), _("How many records the run may change at most.")),
        _told("touched", _("Touched"), Integer(), _("How many records the run changed."), in_list=True),
        _told("proposed", _("Proposed"), Integer(), _("How many proposals the run made."), in_list=True),
        _told("progress", _("Progress"), LongText(), _("How far the undoing of the run is.")),
        _told("problem", _("Problem"), LongText(), _("Why the run failed.")),
        _told("started_at", _("Started"), DateTime(), _("When the run began."), in_list=True),
        _told("ended_at", _("Ended"), DateTime(), _("When the run ended."), in_list=True),
    ],
)

describe(
    Proposal,
    label=_("Proposal"),
    plural=_("Proposals"),
    meaning=_("Something that a machine would do, and that waits for a person to say yes or no."),
    icon="sparkles",
    importable=False,
    fields=[
        replace(
            _told("run", _("Run"), Link("machinerun"), _("The run that it came from."), needed=True), selectable=False
        ),
        _told(*_ACTION, in_list=True, needed=True),
        _told(
            "level",
            _("Level"),
            Choice({str(one.value): one.name.lower() for one in Level}),
            _("How far the machine might go then."),
        ),
        _told("verb_name", _("Verb"), Text(80), _("What would be done."), in_list=True, needed=True),
        _told("subject_type", _("Record type"), Text(40), _("The type of the record that it concerns."), needed=True),
        _told("subject_title", _("Record"), Text(300), _("The name of the record when it was proposed."), in_list=True),
        _told("arguments", _("Arguments"), LongText(), _("The values that the verb would be given.")),
        _told("before", _("Before"), LongText(), _("The values that it would replace.")),
        _told("rests_on", _("Rests on"), LongText(), _("The records that must be as they were.")),
        _told("fields", _("Fields"), LongText(), _("The fields that would be set.")),
        _told("evidence", _("Evidence"), LongText(), _("The places in records that speak for it.")),
        _told("why", _("Why"), LongText(), _("The reason, in one sentence.")),
        _told("words", _("Words"), LongText(), _("The words to fill into the reason.")),
        _told("confidence", _("Confidence"), DecimalNumber(), _("How sure the machine is, from 0 to 1."), in_list=True),
        _told("estimator", _("Estimator"), Text(120), _("What computed it, with its version."), in_list=True),
        _told("cost", _("Cost"), LongText(), _("Seconds, tokens and money that it took.")),
        _told("fingerprint", _("Fingerprint"), Text(64), _("By which the same proposal is known again."), needed=True),
        _told("proposed_at", _("Proposed"), DateTime(), _("When it was proposed."), in_list=True),
        _told("expires_at", _("Expires"), DateTime(), _("Until when it can be decided."), needed=True),
        _told("asked", _("Who is asked"), Link("user"), _("The person who is to decide."), in_list=True),
        _told("state", _("State"), Choice(dict(ProposalState.choices)), _("What became of it."), in_list=True),
        _told("decided_by", _("Decided by"), Link("user"), _("The person who decided."), in_list=True),
        _told("decided_at", _("Decided"), DateTime(), _("When it was decided."), in_list=True),
        _told("seconds", _("Seconds to decide"), DecimalNumber(), _("How long it was on the screen before.")),
        _told("saw_sources", _("Opened the sources"), Boolean(), _("Whether the evidence was opened before.")),
        _told("is_plant", _("Planted"), Boolean(), _("Whether it is a wrong one, put there to test attention.")),
        _told("in_bulk", _("With others"), Boolean(), _("Whether it was decided together with others.")),
        _told("edits", _("Edits"), LongText(), _("What the person changed before accepting.")),
        _told("edit_distance", _("Share edited"), DecimalNumber(), _("How much of it was changed, from 0 to 1.")),
        _told("reason_code", _("Kind of reason"), Text(20), _("Why it was rejected, in a word.")),
        _told("reason", _("Reason"), LongText(), _("Why it was rejected.")),
        _told("event_id", _("Event"), Integer(), _("The event that carrying it out became.")),
    ],
)

describe(
    StopSwitch,
    label=_("Stop switch"),
    plural=_("Stop switches"),
    meaning=_("Stops machines at once: all, one action, those of a team, or all that concerns one record."),
    icon="octagon",
    importable=False,
    fields=[
        _told(
            "key",
            _("What it stops"),
            Text(100),
            _("All machines, an action, a team or a record."),
            in_list=True,
            needed=True,
        ),
        _told("is_pulled", _("Pulled"), Boolean(), _("Whether machines are stopped now."), in_list=True),
        _told("reason", _("Reason"), LongText(), _("Why it was pulled or released."), in_list=True),
        _told("changed_at", _("Since"), DateTime(), _("When it was last pulled or released."), in_list=True),
        _told("changed_by", _("By"), Link("user"), _("Who pulled or released it."), in_list=True),
    ],
)

describe(
    AutonomyLevel,
    label=_("Autonomy level"),
    plural=_("Autonomy levels"),
    meaning=_("How far machines go by themselves with one kind of action."),
    icon="sparkles",
    importable=False,
    fields=[
        _told(*_ACTION, in_list=True, needed=True),
        _told("team", _("Team"), Link("team"), _("The team that it holds for; empty for all."), in_list=True),
        _told(
            "role", _("Role"), Choice(dict(Role.choices)), _("The role that it holds for; empty for all."), in_list=True
        ),
        _told(
            "sensitivity",
            _("Class of field"),
            Text(10),
            _("The class of personal data that it holds for; empty for all."),
        ),
        _told("from_confidence", _("From confidence"), DecimalNumber(), _("The confidence from which on it holds.")),
        _told("level", pgettext_lazy("autonomy", "Level"), Integer(), _("From 0, off, to 4, act."), in_list=True),
        _told("expires_on", _("Until"), Date(), _("The last day on which it holds."), in_list=True),
        _told("evidence", _("Evidence"), LongText(), _("The figures on which it was raised.")),
        _told("reason", _("Reason"), LongText(), _("Why it was chosen.")),
        _told(
            "chosen_by", _("Chosen by"), Link("user"), _("Who chose it; empty when it fell by itself."), in_list=True
        ),
    ],
)

describe(
    Vigilance,
    label=_("Test of attention"),
    plural=_("Tests of attention"),
    meaning=_("Wrong proposals among the real ones, told of beforehand, revealed at once and never carried out."),
    icon="eye",
    importable=False,
    fields=[
        _told("is_on", _("On"), Boolean(), _("Whether such proposals are made."), in_list=True),
        _told("asks_first", _("Asks people first"), Boolean(), _("Whether people answer before the machine is shown.")),
    ],
)

describe(
    StopDrill,
    label=_("Drill of the stop switch"),
    plural=_("Drills of the stop switch"),
    meaning=_("A machine of its own is stopped once a week, and how long that takes is kept."),
    icon="octagon",
    importable=False,
    fields=[
        _told("started_at", _("Started"), DateTime(), _("When the drill began."), in_list=True),
        _told("state", _("State"), Choice(dict(DrillState.choices)), _("Whether machines were stopped."), in_list=True),
        _told("beats", _("Counted"), Integer(), _("How often the machine of the drill counted.")),
        _told("answered_ms", _("Answered after (ms)"), Integer(), _("When nothing more was written."), in_list=True),
        _told("refused_ms", _("Refused after (ms)"), Integer(), _("When the first call was refused."), in_list=True),
        _told("ended_ms", _("Ended after (ms)"), Integer(), _("When the run had ended."), in_list=True),
        _told("written_after", _("Written after"), Integer(), _("What was written after the answer."), in_list=True),
        _told("problem", _("Problem"), LongText(), _("Why the drill failed.")),
    ],
)

describe(
    Alarm,
    label=_("Alarm"),
    plural=_("Alarms"),
    meaning=_("What machines rest on is no longer what it was; while it stands they only propose."),
    icon="siren",
    importable=False,
    fields=[
        _told("about", _("About"), Text(120), _("The estimator, without its version."), in_list=True, needed=True),
        _told("reason", _("Reason"), LongText(), _("What was found."), in_list=True, needed=True),
        _told("evidence", _("Evidence"), LongText(), _("The figures that speak for it.")),
        _told("actions", _("Actions"), LongText(), _("The actions whose levels fell.")),
        _told("rung_at", _("Since"), DateTime(), _("When it was rung."), in_list=True),
        _told("ended_at", _("Ended"), DateTime(), _("When it ended; empty while it stands."), in_list=True),
    ],
)

describe(
    OwnAnswer,
    label=_("Own answer"),
    plural=_("Own answers"),
    meaning=_("What a person would do, said before they saw what the machine proposes."),
    icon="eye",
    importable=False,
    fields=[
        replace(
            _told("proposal", _("Proposal"), Link("proposal"), _("What it was asked about."), needed=True),
            selectable=False,
        ),
        _told("user", _("Who answered"), Link("user"), _("The person who answered."), needed=True),
        _told("values", _("Values"), LongText(), _("The values that they would set.")),
        _told("verdict", _("Answer"), Choice({"yes": _("yes"), "no": _("no")}), _("Whether they would do it.")),
        _told("agrees", _("Agrees"), Boolean(), _("Whether the machine proposed the same.")),
        _told("answered_at", _("Answered"), DateTime(), _("When they answered.")),
    ],
)

describe(
    Trial,
    label=_("Trial"),
    plural=_("Trials"),
    meaning=_("People and machine estimate the same cases, and what comes of them tells who foresees better."),
    icon="scale",
    importable=False,
    fields=[
        _told("prediction", _("Prediction"), Text(40), _("What is foreseen."), in_list=True, needed=True),
        _told("team", _("Team"), Link("team"), _("Whose people are asked; empty for all sellers."), in_list=True),
        _told("form", _("Registration"), LongText(), _("What is asked and how it is decided, frozen at the start.")),
        _told("form_hash", _("Hash"), Text(64), _("Proves that the registration was not changed."), needed=True),
        _told("last_day", _("Last day"), Date(), _("Until when cases are taken."), in_list=True, needed=True),
        _told("taken", _("Cases"), Integer(), _("How many cases were drawn."), in_list=True),
        _told("state", _("State"), Choice(dict(TrialState.choices)), _("How the trial stands."), in_list=True),
        _told("started_at", _("Started"), DateTime(), _("When it was registered and begun."), in_list=True),
        _told("started_by", _("Started by"), Link("user"), _("Who registered it."), in_list=True),
        _told("ended_at", _("Ended"), DateTime(), _("When it ended or was stopped."), in_list=True),
        _told("reason", _("Reason"), LongText(), _("Why it was stopped.")),
        _told("verdict", _("Verdict"), Text(20), _("What came out, by the registered rule."), in_list=True),
        _told("figures", _("Figures"), LongText(), _("The figures by which it was decided.")),
    ],
)

describe(
    TrialCase,
    label=_("Case of a trial"),
    plural=_("Cases of trials"),
    meaning=_("One record asked of one person before they see the machine's number; private to them."),
    icon="scale",
    importable=False,
    fields=[
        replace(
            _told("trial", _("Trial"), Link("trial"), _("The trial that it belongs to."), needed=True), selectable=False
        ),
        _told("user", _("Who is asked"), Link("user"), _("The person who is asked.")),
        _told("subject_type", _("Record type"), Text(40), _("The type of the record that it concerns."), needed=True),
        _told("entered_at", _("Drawn"), DateTime(), _("When it was drawn.")),
        _told("arm", _("Arm"), Text(10), _("What was shown in that week; empty where people are asked first.")),
        _told("arm_probability", _("Probability of the arm"), DecimalNumber(), _("How likely it was to be drawn.")),
        _told("held_back", _("Held back"), Boolean(), _("Whether the machine's number stays hidden to the end.")),
        _told("segments", _("Segments"), LongText(), _("The values by which figures are divided.")),
        _told("percent", _("Estimate"), Integer(), _("How likely the person says it is, in per cent.")),
        _told("answered_at", _("Answered"), DateTime(), _("When they answered.")),
        _told("lapsed_at", _("Lapsed"), DateTime(), _("When the question had gone before it was answered.")),
        _told("due_at", _("Due"), DateTime(), _("When its outcome is looked at.")),
        _told("outcome", _("Outcome"), Boolean(), _("What came of it.")),
        _told("outcome_at", _("Outcome noted"), DateTime(), _("When it was looked at.")),
    ],
)
