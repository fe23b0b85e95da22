"""Estimators in the dictionary."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, describe
from rapport.governance.domains import Boolean, Choice, DateTime, DecimalNumber, Domain, Integer, LongText, Text

from .models import Estimator, EstimatorState, Exploration


def _told(name: str, label: str | Promise, domain: Domain, meaning: str | Promise) -> Field:
    """A field that learning itself fills."""
    return Field(name, label, domain, meaning, steward=_("Administrators"), form=False, editable=False)


describe(
    Estimator,
    label=_("Estimator"),
    plural=_("Estimators"),
    meaning=_("One version of what was learned for a prediction."),
    icon="gauge",
    importable=False,
    fields=[
        _told("prediction", _("Prediction"), Text(40), _("What it foresees.")),
        _told("version", _("Version"), Integer(), _("Counted from one for each prediction.")),
        _told("algorithm", _("Algorithm"), Text(60), _("How it was learned.")),
        _told("trained_at", _("Learned"), DateTime(), _("When it was learned.")),
        _told("as_of", _("As of"), DateTime(), _("The moment up to which it knows what happened.")),
        _told("cases", _("Past cases"), Integer(), _("How many it learned from.")),
        _told("positives", _("Of them yes"), Integer(), _("How many of them said yes.")),
        _told("state", _("State"), Choice(dict(EstimatorState.choices)), _("What part it plays.")),
        _told("reason", _("Reason"), LongText(), _("Why it is in this state.")),
        _told("figures", _("Figures"), LongText(), _("What it is worth on the newest cases, as JSON.")),
        _told("compared", _("Candidates"), LongText(), _("The ways of learning that were compared, as JSON.")),
        _told("seconds", _("Seconds"), DecimalNumber(), _("How long it took to learn.")),
        _told("level", _("Level"), DecimalNumber(), _("What is added to its log odds, by how many say yes lately.")),
        _told("artefact", _("What was learned"), LongText(), _("All that a score follows from, as JSON.")),
        _told("signature", _("Seal"), Text(100), _("Tells whether what was learned is as it was written.")),
    ],
)

describe(
    Exploration,
    label=_("Records without numbers"),
    plural=_("Records without numbers"),
    meaning=_("How many records are decided without a chance being shown, so that chances don't confirm themselves."),
    icon="shuffle",
    importable=False,
    fields=[
        _told("is_on", _("On"), Boolean(), _("Whether some records get no number.")),
        _told("share", _("Of a hundred"), Integer(), _("How many of a hundred records get none.")),
    ],
)
