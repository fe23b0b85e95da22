"""API tokens: keys with which programs act for a user, never with more rights than that user has now."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.core.actors import Actor, current_actor
from rapport.core.clock import now
from rapport.core.problems import Forbidden, Problem
from rapport.core.records import Record
from rapport.core.verbs import Risk, verb

READING, WRITING = ("*.read",), ("*",)
MOST_TOKENS = 50
_SCOPE = re.compile(r"\*|(\*|[a-z0-9_]{1,40})\.(\*|[a-z0-9_]{1,40})")
_MARK = "rapport_"
_SHOWN = len(_MARK) + 6


class ApiToken(Record):
    """A key of one user; `scopes` are permissions that narrow the user's own, such as "*.read" or "lead.*".

    Only a hash of the key is kept: who lost it makes another one.
    """

    unrecorded_fields: ClassVar[frozenset[str]] = frozenset({"digest"})
    key: str = ""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name=_("user"), related_name="api_tokens"
    )
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(_("begins with"), max_length=20)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(pgettext_lazy("what a key permits", "may"), default=list)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    if TYPE_CHECKING:
        user_id: UUID

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Those who look after the users see all tokens, others their own."""
        return not actor.may("apitoken.oversee")

    @classmethod
    def scope_of(cls, actor: Actor) -> Q:
        """One's own."""
        return Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])

    def may_be_changed_by(self, actor: Actor) -> bool:
        """By its user and by those who oversee all."""
        return self.user_id == actor.user_id or actor.may("apitoken.oversee")

    def clean(self) -> None:
        """Scopes are permissions, and there is at least one."""
        if not self.scopes or not all(_SCOPE.fullmatch(scope) for scope in self.scopes):
            raise ValidationError({"scopes": _("Choose what the token may do.")})

    @property
    def is_valid(self) -> bool:
        """Whether it opens the API now."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now())

    @classmethod
    @verb(label=_("Make a token"), past=_("made an API token"), risk=Risk.IRREVERSIBLE, permission=".issue")
    def issue(cls, *, name: str, scopes: Sequence[str] = READING, expires_at: datetime | None = None) -> Self:
        """Make a key for oneself; its text is in the result's `key` and known to nobody afterwards."""
        user_id = current_actor().user_id
        if user_id is None:
            raise Forbidden(_("Only a user who is signed in can make a token."))
        if ApiToken._base_manager.filter(user_id=user_id, revoked_at=None).count() >= MOST_TOKENS:
            raise Problem(_("You have many tokens already. Revoke one that is no longer used."))
        key = _MARK + secrets.token_urlsafe(32)
        facts: dict[str, Any] = {"scopes": sorted(set(scopes)), "expires_at": expires_at, "prefix": key[:_SHOWN]}
        token = cls(user_id=user_id, name=name, digest=digest_of(key), **facts)
        token.check_facts()
        token.save(force_insert=True)
        token.key = key
        return token

    @verb(label=_("Revoke"), past=_("revoked"), risk=Risk.IRREVERSIBLE)
    def revoke(self) -> None:
        """End the token at once and for good."""
        self.revoked_at = self.revoked_at or now()
        self.save()


class ApiTokenUse(models.Model):
    """When a token was last used, and how many requests it may still make now (see `identity.token_use`).

    Not part of the history: it changes with every request.
    """

    token = models.OneToOneField(ApiToken, primary_key=True, on_delete=models.CASCADE, related_name="use")
    used_at = models.DateTimeField(default=now)
    allowance = models.FloatField()
    is_within = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.pk}: {self.allowance:.0f}"


def digest_of(key: str) -> str:
    """What is kept of a key: keys are random, so that a plain hash can't be turned round."""
    return hashlib.sha256(key.encode()).hexdigest()
