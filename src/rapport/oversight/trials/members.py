"""Who takes part in a trial: the sellers and managers of its team and of those below, or of all teams."""

from uuid import UUID

from django.db.models import Q

from rapport.identity.models import User
from rapport.identity.models.team import team_and_below
from rapport.identity.roles import Role

from ..models import Trial

_SELL = (Role.SELLER, Role.MANAGER)


def members_of(trial: Trial) -> set[UUID]:
    """The people who are asked."""
    return set(User._base_manager.filter(_asked(trial)).values_list("pk", flat=True))


def is_member(user_id: UUID, trial: Trial) -> bool:
    """Whether this person is asked."""
    return User._base_manager.filter(_asked(trial), pk=user_id).exists()


def _asked(trial: Trial) -> Q:
    asked = Q(role__in=_SELL, is_active=True)
    return asked & Q(team_id__in=team_and_below(trial.team_id)) if trial.team_id else asked
