"""Using API tokens: whom a key stands for, with what rights, and how often it may ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.db import connection, transaction

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.records import RECORD_TYPES

from .actors import actor_for, in_full
from .models import ApiToken, Scope
from .models.api_token import digest_of

_LONGEST_KEY = 200
_REFILLED = "least(%(burst)s, use.allowance + %(rate)s * extract(epoch FROM greatest(%(now)s - use.used_at, '0')))"
_SPEND = f"""
INSERT INTO identity_apitokenuse AS use (token_id, used_at, allowance, is_within)
VALUES (%(token)s, %(now)s, %(burst)s - 1, true)
ON CONFLICT (token_id) DO UPDATE SET
  used_at = excluded.used_at,
  is_within = {_REFILLED} >= 1,
  allowance = {_REFILLED} - CASE WHEN {_REFILLED} >= 1 THEN 1 ELSE 0 END
RETURNING is_within, allowance
"""  # noqa: S608 - constants only


@dataclass(frozen=True)
class Spending:
    """Whether one more request is within the limit, how many are left now, and when all are there again."""

    is_within: bool
    limit: int
    remaining: int
    wait: timedelta
    full_in: timedelta


def token_of(key: str) -> ApiToken | None:
    """The token whose key this is, if it and its user may still be used."""
    if len(key) > _LONGEST_KEY:
        return None
    token = ApiToken._base_manager.select_related("user").filter(digest=digest_of(key)).first()
    return token if token is not None and token.is_valid and token.user.is_active else None


def actor_of(token: ApiToken) -> Actor:
    """The token's user, with no more rights than both the user and the token have."""
    user = actor_for(token.user, source="api")
    granted = tuple(token.scopes)
    permissions = narrowed(user.permissions, granted)
    user = replace(user, own_rights=_own_rights(user.own_rights, granted))
    if "*" in granted or not user.sees_everything:
        return in_full(replace(user, permissions=permissions))
    # Rules hide nothing from this user; so the token sees all of the types it may read, and none of the others.
    everything = dict.fromkeys(RECORD_TYPES, Scope.EVERYONE.value)
    return in_full(replace(user, permissions=permissions, sees_everything=False, scopes=everything))


def _own_rights(rights: Mapping[str, frozenset[str]], granted: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """What is said of types that users added, as far as the token grants it: by their own name, or as "own"."""
    named = {kind: (f"{kind}.", "own.", "*.") for kind in rights}
    return {
        kind: frozenset(
            action
            for action in actions
            if "*" in granted or any(f"{name}{part}" in granted for name in named[kind] for part in (action, "*"))
        )
        for kind, actions in rights.items()
    }


@lru_cache(maxsize=512)
def narrowed(permissions: frozenset[str], granted: tuple[str, ...]) -> frozenset[str]:
    """The permissions that both sides grant, wildcards included."""
    both = (_both(own, scope) for own in permissions for scope in granted)
    return frozenset(permission for permission in both if permission)


def _both(first: str, second: str) -> str:
    """What two permissions grant together: of "lead.*" and "*.read" it is "lead.read"; empty when nothing."""
    if "*" in (first, second):
        return second if first == "*" else first
    parts = [_part(one, other) for one, other in zip(first.split("."), second.split("."), strict=True)]
    return ".".join(parts) if all(parts) else ""


def _part(first: str, second: str) -> str:
    if "*" in (first, second):
        return second if first == "*" else first
    return first if first == second else ""


def grants(granted: Iterable[str], permission: str) -> bool:
    """Whether scopes by themselves would allow something."""
    return any(_both(scope, permission) == permission for scope in granted)


def spend(token: ApiToken) -> Spending:
    """Count one request; the allowance fills up again evenly (a token bucket). In a transaction of its own."""
    rate = settings.API_REQUESTS_PER_MINUTE / 60
    burst = max(1, settings.API_REQUESTS_PER_MINUTE // 6)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")  # a crash may forget a second of counting
        cursor.execute(_SPEND, {"token": token.pk, "now": now(), "rate": rate, "burst": burst})
        is_within, left = cursor.fetchone()
    missing = 0 if is_within else (1 - left) / rate
    full_in = timedelta(seconds=(burst - left) / rate)
    return Spending(is_within, burst, int(left), timedelta(seconds=missing), full_in)
