"""Tests of attention in words: whether they are on, and what is said once one was decided."""

from django.utils.translation import gettext as _

from rapport.oversight.attention import is_on
from rapport.oversight.models import Proposal, ProposalState, Vigilance


def plants_are_on() -> bool:
    """Whether tests of attention are on."""
    return is_on()


def set_plants(*, on: bool) -> None:
    """Turn them on or off."""
    Vigilance.turn(on=on)


def revealed(proposal: Proposal) -> str:
    """What is told at once about a decided test; empty for a real proposal."""
    if not proposal.is_plant:
        return ""
    if proposal.state == ProposalState.ACCEPTED:
        return _("This was a test of attention: the value belongs to another record. Nothing was done.")
    return _("Well seen: this was a test of attention. Nothing was done.")
