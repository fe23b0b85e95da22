"""Background work of predictions."""

from django.utils.translation import gettext_lazy as _

from rapport.core.job_retries import Patience
from rapport.core.jobs import job

_MOST_ROUNDS = 1_000
_AFTER_OUTAGES = Patience(tries=1)
"""What somebody asked for is not tried again where it is at fault itself: they see it and decide."""


@job(label=_("Keep chances up to date"), queue="quality", schedule="* * * * *", lock="foresee-keep-up", atomic=False)
def keep_up() -> None:
    """Score the records about which something was written since the last time."""
    from .scoring.following import catch_up_once  # loads scikit-learn, which nothing else needs at the start

    for _round in range(_MOST_ROUNDS):
        if not catch_up_once():
            return


@job(label=_("Give all chances anew"), queue="quality", retry=_AFTER_OUTAGES, atomic=False)
def score_all(name: str) -> None:
    """Score all records of one prediction."""
    from .predictions import predictions
    from .scoring.action import is_stopped
    from .scoring.scoring import score

    if not is_stopped():
        score(predictions()[name])


@job(label=_("Learn predictions"), queue="quality", schedule="25 3 * * *", lock="foresee-learn", atomic=False)
def learn_all() -> None:
    """Learn each prediction anew, compare it with the live one, and score all records."""
    from .learning.nightly import learn_and_score

    learn_and_score()


@job(label=_("Learn a prediction"), queue="quality", retry=_AFTER_OUTAGES, atomic=False)
def learn_one(name: str) -> None:
    """Learn one prediction anew because somebody asked for it, and score all records."""
    from .learning.learning import learn
    from .predictions import predictions
    from .scoring.action import is_stopped
    from .scoring.scoring import score

    if not is_stopped():
        learn(predictions()[name])
        score(predictions()[name])


@job(label=_("Tell what to expect"), queue="quality", schedule="50 3 * * *", lock="foresee-outlooks", atomic=False)
def tell_outlooks() -> None:
    """Learn the outlooks that are due, and say what is expected of all records."""
    from .outlooks.telling import learn_and_tell

    learn_and_tell()


@job(label=_("Tell one outlook anew"), queue="quality", retry=_AFTER_OUTAGES, atomic=False)
def tell_outlook(name: str) -> None:
    """Say what is expected of all records of one outlook, because its version changed or somebody asked for it."""
    from .outlooks import outlooks
    from .outlooks.telling import tell
    from .scoring.action import is_stopped

    if not is_stopped():
        tell(outlooks()[name])


@job(label=_("Learn an outlook"), queue="quality", retry=_AFTER_OUTAGES, atomic=False)
def learn_outlook(name: str) -> None:
    """Learn one outlook anew because somebody asked for it, and tell all records."""
    from .outlooks import outlooks
    from .outlooks.duels import foretell
    from .outlooks.learning import learn
    from .outlooks.telling import tell
    from .scoring.action import is_stopped

    if not is_stopped():
        learn(outlooks()[name])
        tell(outlooks()[name])
        foretell(outlooks()[name])
