"""The way in for the public web form: keeps spam out, then lets the visitor submit a lead.

Three guards: a field that people don't see and robots fill in; a signed time stamp, because robots answer at once;
and a limit per network address and hour.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from rapport.core.actors import ANONYMOUS, acting_as
from rapport.core.clock import now
from rapport.core.problems import Problem

from .models import FormSubmission, Lead

LEAST_SECONDS = 3
LONGEST_OPEN = timedelta(hours=12)
MOST_PER_HOUR = 5
KEPT_FOR = timedelta(days=2)
VISITOR = replace(ANONYMOUS, permissions=frozenset({"lead.submit"}), source="web form")
_SALT = "rapport.leads.form"


@dataclass(frozen=True)
class Submission:
    """A filled-in form: its answers, the token it was given with, what stands in the trap, the sender's address."""

    answers: Mapping[str, str]
    token: str
    trap: str
    sender: str
    campaign: str = ""


def form_token() -> str:
    """A signed time stamp to put into the form as it is shown."""
    return signing.dumps(now().timestamp(), salt=_SALT)


def receive(submission: Submission) -> Lead | None:
    """Create the lead; None for what a robot sent, which should be thanked like everybody.

    Raises `Problem` or `ValidationError` with what to do when a person has to try again.
    """
    if submission.trap.strip():
        return None
    _check_time(submission.token)
    sender = _hashed(submission.sender)
    _check_rate(sender)
    with acting_as(VISITOR):
        lead = Lead.submit(campaign=submission.campaign, **submission.answers)
    FormSubmission.objects.create(sender=sender)
    return lead


def forget_senders() -> int:
    """Drop what was counted long enough ago; returns how many rows there were."""
    return FormSubmission.objects.filter(at__lt=now() - KEPT_FOR).delete()[0]


def _check_time(token: str) -> None:
    try:
        shown = float(signing.loads(token, salt=_SALT))
    except (signing.BadSignature, ValueError):
        raise Problem(_("This form was changed on its way. Reload the page and send it again.")) from None
    seconds = now().timestamp() - shown
    if seconds < LEAST_SECONDS:
        raise Problem(_("That was quicker than people write. Wait a moment and send it again."))
    if seconds > LONGEST_OPEN.total_seconds():
        raise Problem(_("This form was open for too long. Reload the page and send it again."))


def _check_rate(sender: str) -> None:
    recent = FormSubmission.objects.filter(sender=sender, at__gt=now() - timedelta(hours=1)).count()
    if recent >= MOST_PER_HOUR:
        raise Problem(_("Too many messages came from your network. Try again in an hour, or write us an e-mail."))


def _hashed(address: str) -> str:
    return salted_hmac(_SALT, address, algorithm="sha256").hexdigest()
