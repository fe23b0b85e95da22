"""Levels, proposals, runs and the stop switch in the dictionary."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.governance.dictionary import describe
from rapport.governance.domains import (
    Boolean,
    Choice,
    Date,
    DateTime,
    DecimalNumber,
    Integer,
    Link,
    LongText,
    Text,
)
from rapport.identity.roles import Role

from ..actions import Level
from ..models import (
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
    Vigilance,
)
from .telling import told

_ACTION = ("action", _("Action"), Text(60), _("What kind of thing the machine does."))

describe(
    MachineRun,
    label=_("Machine run"),
    plural=_("Machine runs"),
    meaning=_("One piece of work of a machine; it can be undone as a whole."),
    icon="sparkles",
    importable=False,
    fields=[
        told(*_ACTION, in_list=True, needed=True),
        told("purpose", _("Purpose"), Text(300), _("What the run is for."), in_list=True),
        told(
            "on_behalf_of", _("On behalf of"), Link("user"), _("The person whose rights the machine has."), in_list=True
        ),
        told("state", _("State"), Choice(dict(RunState.choices)), _("How the run stands."), in_list=True),
        told("cap", _("May touch"), Integer(), _("How many records the run may change at most.")),
        told("touched", _("Touched"), Integer(), _("How many records the run changed."), in_list=True),
        told("proposed", _("Proposed"), Integer(), _("How many proposals the run made."), in_list=True),
        told("progress", _("Progress"), LongText(), _("How far the undoing of the run is.")),
        told("problem", _("Problem"), LongText(), _("Why the run failed.")),
        told("started_at", _("Started"), DateTime(), _("When the run began."), in_list=True),
        told("ended_at", _("Ended"), DateTime(), _("When the run ended."), in_list=True),
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
            told("run", _("Run"), Link("machinerun"), _("The run that it came from."), needed=True), selectable=False
        ),
        told(*_ACTION, in_list=True, needed=True),
        told(
            "level",
            _("Level"),
            Choice({str(one.value): one.name.lower() for one in Level}),
            _("How far the machine might go then."),
        ),
        told("verb_name", _("Verb"), Text(80), _("What would be done."), in_list=True, needed=True),
        told("subject_type", _("Record type"), Text(40), _("The type of the record that it concerns."), needed=True),
        told("subject_title", _("Record"), Text(300), _("The name of the record when it was proposed."), in_list=True),
        told("arguments", _("Arguments"), LongText(), _("The values that the verb would be given.")),
        told("before", _("Before"), LongText(), _("The values that it would replace.")),
        told("rests_on", _("Rests on"), LongText(), _("The records that must be as they were.")),
        told("fields", _("Fields"), LongText(), _("The fields that would be set.")),
        told("evidence", _("Evidence"), LongText(), _("The places in records that speak for it.")),
        told("why", _("Why"), LongText(), _("The reason, in one sentence.")),
        told("words", _("Words"), LongText(), _("The words to fill into the reason.")),
        told("confidence", _("Confidence"), DecimalNumber(), _("How sure the machine is, from 0 to 1."), in_list=True),
        told("estimator", _("Estimator"), Text(120), _("What computed it, with its version."), in_list=True),
        told("cost", _("Cost"), LongText(), _("Seconds, tokens and money that it took.")),
        told("fingerprint", _("Fingerprint"), Text(64), _("By which the same proposal is known again."), needed=True),
        told("proposed_at", _("Proposed"), DateTime(), _("When it was proposed."), in_list=True),
        told("expires_at", _("Expires"), DateTime(), _("Until when it can be decided."), needed=True),
        told("asked", _("Who is asked"), Link("user"), _("The person who is to decide."), in_list=True),
        told("state", _("State"), Choice(dict(ProposalState.choices)), _("What became of it."), in_list=True),
        told("decided_by", _("Decided by"), Link("user"), _("The person who decided."), in_list=True),
        told("decided_at", _("Decided"), DateTime(), _("When it was decided."), in_list=True),
        told("seconds", _("Seconds to decide"), DecimalNumber(), _("How long it was on the screen before.")),
        told("saw_sources", _("Opened the sources"), Boolean(), _("Whether the evidence was opened before.")),
        told("is_plant", _("Planted"), Boolean(), _("Whether it is a wrong one, put there to test attention.")),
        told("in_bulk", _("With others"), Boolean(), _("Whether it was decided together with others.")),
        told("edits", _("Edits"), LongText(), _("What the person changed before accepting.")),
        told("edit_distance", _("Share edited"), DecimalNumber(), _("How much of it was changed, from 0 to 1.")),
        told("reason_code", _("Kind of reason"), Text(20), _("Why it was rejected, in a word.")),
        told("reason", _("Reason"), LongText(), _("Why it was rejected.")),
        told("event_id", _("Event"), Integer(), _("The event that carrying it out became.")),
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
        told(
            "key",
            _("What it stops"),
            Text(100),
            _("All machines, an action, a team or a record."),
            in_list=True,
            needed=True,
        ),
        told("is_pulled", _("Pulled"), Boolean(), _("Whether machines are stopped now."), in_list=True),
        told("reason", _("Reason"), LongText(), _("Why it was pulled or released."), in_list=True),
        told("changed_at", _("Since"), DateTime(), _("When it was last pulled or released."), in_list=True),
        told("changed_by", _("By"), Link("user"), _("Who pulled or released it."), in_list=True),
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
        told(*_ACTION, in_list=True, needed=True),
        told("team", _("Team"), Link("team"), _("The team that it holds for; empty for all."), in_list=True),
        told(
            "role", _("Role"), Choice(dict(Role.choices)), _("The role that it holds for; empty for all."), in_list=True
        ),
        told(
            "sensitivity",
            _("Class of field"),
            Text(10),
            _("The class of personal data that it holds for; empty for all."),
        ),
        told("from_confidence", _("From confidence"), DecimalNumber(), _("The confidence from which on it holds.")),
        told("level", pgettext_lazy("autonomy", "Level"), Integer(), _("From 0, off, to 4, act."), in_list=True),
        told("expires_on", _("Until"), Date(), _("The last day on which it holds."), in_list=True),
        told("evidence", _("Evidence"), LongText(), _("The figures on which it was raised.")),
        told("reason", _("Reason"), LongText(), _("Why it was chosen.")),
        told("chosen_by", _("Chosen by"), Link("user"), _("Who chose it; empty when it fell by itself."), in_list=True),
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
        told("is_on", _("On"), Boolean(), _("Whether such proposals are made."), in_list=True),
        told("asks_first", _("Asks people first"), Boolean(), _("Whether people answer before the machine is shown.")),
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
        told("started_at", _("Started"), DateTime(), _("When the drill began."), in_list=True),
        told("state", _("State"), Choice(dict(DrillState.choices)), _("Whether machines were stopped."), in_list=True),
        told("beats", _("Counted"), Integer(), _("How often the machine of the drill counted.")),
        told("answered_ms", _("Answered after (ms)"), Integer(), _("When nothing more was written."), in_list=True),
        told("refused_ms", _("Refused after (ms)"), Integer(), _("When the first call was refused."), in_list=True),
        told("ended_ms", _("Ended after (ms)"), Integer(), _("When the run had ended."), in_list=True),
        told("written_after", _("Written after"), Integer(), _("What was written after the answer."), in_list=True),
        told("problem", _("Problem"), LongText(), _("Why the drill failed.")),
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
        told("about", _("About"), Text(120), _("The estimator, without its version."), in_list=True, needed=True),
        told("reason", _("Reason"), LongText(), _("What was found."), in_list=True, needed=True),
        told("evidence", _("Evidence"), LongText(), _("The figures that speak for it.")),
        told("actions", _("Actions"), LongText(), _("The actions whose levels fell.")),
        told("rung_at", _("Since"), DateTime(), _("When it was rung."), in_list=True),
        told("ended_at", _("Ended"), DateTime(), _("When it ended; empty while it stands."), in_list=True),
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
            told("proposal", _("Proposal"), Link("proposal"), _("What it was asked about."), needed=True),
            selectable=False,
        ),
        told("user", _("Who answered"), Link("user"), _("The person who answered."), needed=True),
        told("values", _("Values"), LongText(), _("The values that they would set.")),
        told("verdict", _("Answer"), Choice({"yes": _("yes"), "no": _("no")}), _("Whether they would do it.")),
        told("agrees", _("Agrees"), Boolean(), _("Whether the machine proposed the same.")),
        told("answered_at", _("Answered"), DateTime(), _("When they answered.")),
    ],
)
