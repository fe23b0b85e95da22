"""Which user it is that a sign-on provider vouches for: one known, one linked by verified address, or a new one."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.problems import Problem
from rapport.identity.actors import actor_for
from rapport.identity.models import SignOnLink, SignOnProvider, User
from rapport.identity.models.signs_on import Proof

from .openid import Claims


def user_for(provider: SignOnProvider, claims: Claims) -> User:
    """The user; raises `Problem` when nobody may sign in with this account."""
    link = SignOnLink.objects.filter(provider=provider, subject=claims.subject).select_related("user").first()
    user = link.user if link else _by_address(provider, claims)
    if not user.is_active:
        raise Problem(_("This account was deactivated. Ask your administrator."))
    return user


def _by_address(provider: SignOnProvider, claims: Claims) -> User:
    if not claims.is_verified or not claims.email:
        raise Problem(_("The provider has not checked your e-mail address, so we can't tell who you are here."))
    if not provider.vouches_for(claims.email):
        raise Problem(_("Addresses like yours don't sign in through this provider. Choose another way."))
    with transaction.atomic():
        user = User.objects.filter(email__iexact=claims.email).first() or _made(provider, claims)
        if user.is_active:
            with acting_as(actor_for(user, source="sign-on")):
                user.link_provider(provider=provider, subject=claims.subject, proof=Proof("provider"))
    return user


def _made(provider: SignOnProvider, claims: Claims) -> User:
    if not provider.creates_users:
        raise Problem(_("You have no account here yet. Ask your administrator for one."))
    with acting_as(SYSTEM):
        return User.create(
            name=claims.name or claims.email,
            email=claims.email,
            role=provider.role,
            team_id=provider.team_id,
            language=get_language() or settings.LANGUAGE_CODE,
            time_zone=settings.TIME_ZONE,
        )
