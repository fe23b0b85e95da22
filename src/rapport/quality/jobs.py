"""Background work on data quality."""

import time

from django.utils.translation import gettext_lazy as _

from rapport.core.jobs import job

from .digest import send_digests
from .duplicates import jobs as duplicates
from .findings.full import run_in_full
from .findings.keeping import ask_to_keep_up, catch_up_once
from .proposing import propose_sure_corrections

__all__ = ["duplicates"]  # its jobs are known by being imported here

_TURN = 20.0  # seconds


@job(label=_("Keep findings up to date"), queue="quality", schedule="* * * * *", lock="quality-keep-up", atomic=False)
def keep_up() -> None:
    """Judge the records that were written since the last time; after a while other jobs have their turn."""
    end = time.monotonic() + _TURN
    while catch_up_once():
        if time.monotonic() > end:
            ask_to_keep_up()
            return


@job(label=_("Judge all records"), queue="quality", schedule="35 2 * * *", lock="quality-full-run", atomic=False)
def judge_all() -> None:
    """Ask every rule of every record, count, keep the figures of the month, and propose what is sure."""
    run_in_full()
    propose_sure_corrections()


@job(label=_("Send the weekly digest of data quality"), queue="quality", schedule="0 6 * * 1", lock="quality-digest")
def send_weekly_digest() -> None:
    """Write to everybody who has something to put right and did not refuse the mail."""
    send_digests()


@job(label=_("Estimate missing values"), queue="quality", schedule="5 3 * * *", lock="quality-estimate", atomic=False)
def estimate_missing() -> None:
    """Measure on known values how well missing ones can be guessed, and keep those guesses that are sure enough."""
    from .imputing.keeping import estimate_all  # loads scikit-learn, which nothing else needs at the start

    estimate_all()
