"""Trials of people against the machine in the dictionary."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

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

from ..models import (
    Trial,
    TrialCase,
    TrialState,
)
from .telling import told

describe(
    Trial,
    label=_("Trial"),
    plural=_("Trials"),
    meaning=_("People and machine estimate the same cases, and what comes of them tells who foresees better."),
    icon="scale",
    importable=False,
    fields=[
        told("prediction", _("Prediction"), Text(40), _("What is foreseen."), in_list=True, needed=True),
        told("team", _("Team"), Link("team"), _("Whose people are asked; empty for all sellers."), in_list=True),
        told("form", _("Registration"), LongText(), _("What is asked and how it is decided, frozen at the start.")),
        told("form_hash", _("Hash"), Text(64), _("Proves that the registration was not changed."), needed=True),
        told("last_day", _("Last day"), Date(), _("Until when cases are taken."), in_list=True, needed=True),
        told("taken", _("Cases"), Integer(), _("How many cases were drawn."), in_list=True),
        told("state", _("State"), Choice(dict(TrialState.choices)), _("How the trial stands."), in_list=True),
        told("started_at", _("Started"), DateTime(), _("When it was registered and begun."), in_list=True),
        told("started_by", _("Started by"), Link("user"), _("Who registered it."), in_list=True),
        told("ended_at", _("Ended"), DateTime(), _("When it ended or was stopped."), in_list=True),
        told("reason", _("Reason"), LongText(), _("Why it was stopped.")),
        told("verdict", _("Verdict"), Text(20), _("What came out, by the registered rule."), in_list=True),
        told("figures", _("Figures"), LongText(), _("The figures by which it was decided.")),
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
            told("trial", _("Trial"), Link("trial"), _("The trial that it belongs to."), needed=True), selectable=False
        ),
        told("user", _("Who is asked"), Link("user"), _("The person who is asked.")),
        told("subject_type", _("Record type"), Text(40), _("The type of the record that it concerns."), needed=True),
        told("entered_at", _("Drawn"), DateTime(), _("When it was drawn.")),
        told("arm", _("Arm"), Text(10), _("What was shown in that week; empty where people are asked first.")),
        told("arm_probability", _("Probability of the arm"), DecimalNumber(), _("How likely it was to be drawn.")),
        told("held_back", _("Held back"), Boolean(), _("Whether the machine's number stays hidden to the end.")),
        told("segments", _("Segments"), LongText(), _("The values by which figures are divided.")),
        told("percent", _("Estimate"), Integer(), _("How likely the person says it is, in per cent.")),
        told("answered_at", _("Answered"), DateTime(), _("When they answered.")),
        told("asked_again_at", _("Asked again"), DateTime(), _("Since when a second estimate is asked for.")),
        told("final_percent", _("Second estimate"), Integer(), _("What the person says after having seen a number.")),
        told("final_at", _("Answered again"), DateTime(), _("When they said so, or had the number revealed.")),
        told("lapsed_at", _("Lapsed"), DateTime(), _("When the question had gone before it was answered.")),
        told("due_at", _("Due"), DateTime(), _("When its outcome is looked at.")),
        told("outcome", _("Outcome"), Boolean(), _("What came of it.")),
        told("outcome_at", _("Outcome noted"), DateTime(), _("When it was looked at.")),
    ],
)
