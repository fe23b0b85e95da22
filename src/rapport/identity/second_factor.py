"""Who needs a second factor: what administrators ask of each role."""

from datetime import date

from allauth.mfa.models import Authenticator

from .models import SecondFactorRule, User


def has_second_factor(user: User) -> bool:
    """Whether the user set up an app or a passkey."""
    own = Authenticator.objects.filter(user_id=user.pk)
    return bool(own.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def due_from(user: User) -> date | None:
    """The day from which this user needs a second factor that is still missing; None when nothing is missing."""
    rule = SecondFactorRule.objects.filter(role=user.role).first()
    return rule.since if rule and not has_second_factor(user) else None
