"""How likely an open opportunity is won: as the estimator says, else its owner, stage, or a stated share."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from rapport.pipeline.models import Opportunity

from .situation import Situation
from .suggestion import Label

_STATED = 0.2


@dataclass(frozen=True)
class Chance:
    """A share from 0 to 1 and who says so."""

    share: float
    told: Label


def chance_of(opportunity: Opportunity, situation: Situation) -> Chance:
    """The best known chance to win that the actor may see."""
    if opportunity.chance_to_win is not None and not situation.hides("opportunity.chance_to_win"):
        return Chance(opportunity.chance_to_win / 100, _("chance to win, as predicted"))
    if opportunity.probability is not None and not situation.hides("opportunity.probability"):
        return Chance(opportunity.probability / 100, _("own probability of its owner"))
    if opportunity.stage is not None and not situation.hides("opportunity.stage"):
        return Chance(opportunity.stage.probability / 100, _("usual in its stage"))
    return Chance(_STATED, _("assumed, no chance is known"))
