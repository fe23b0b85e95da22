"""The hourly round of trials: questions asked, outcomes written, verdicts given."""

from django.utils.translation import gettext_lazy as _

from rapport.core.jobs import job

from ..models import Trial, TrialState
from .outcomes import due_outcomes
from .registry import all_trialled
from .taking import due_now
from .verdicts import decided


@job(
    label=_("Keep up trials of people and machine"), queue="quality", schedule="7 * * * *", lock="trials", atomic=False
)
def keep_up_trials() -> None:
    """Draw cases that are due, write what came of others, end trials whose rule gives a verdict."""
    for trial in Trial._base_manager.filter(state=TrialState.RUNNING, prediction__in=all_trialled()):
        go_on(trial)


def go_on(trial: Trial) -> None:
    """The round of one trial."""
    if due_now(trial):
        trial.take()
    if due_outcomes(trial).exists():
        trial.note_outcomes()
    if decided(trial) is not None:
        trial.end()
