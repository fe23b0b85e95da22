"""Users: who logs in."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.record_sets import RecordQuerySet
from rapport.core.verbs import verb

from ..roles import Role
from .signs_on import SignsOn
from .team import Team

OWN_FIELDS = ("name", "job_title", "phone", "language", "time_zone")


class UserQuerySet(RecordQuerySet["User"]):
    """Users, found by their e-mail address whatever its case."""

    def get_by_natural_key(self, email: str | None) -> "User":
        """The user who signs in with this address."""
        return self.get(email__iexact=email)


class User(SignsOn, AbstractBaseUser):
    """Somebody of our own company; without an e-mail address they own records but can't sign in."""

    unrecorded_fields: ClassVar[frozenset[str]] = frozenset({"password"})
    last_login = None
    password = models.CharField(_("password"), max_length=128, blank=True, editable=False)

    email = models.EmailField(_("e-mail"), null=True, blank=True)  # noqa: DJ001 - none twice, but many without
    name = models.CharField(_("name"), max_length=150)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.SELLER)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    manager = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    language = models.CharField(_("language"), max_length=5, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    is_active = models.BooleanField(_("active"), default=True)

    objects = UserQuerySet.as_manager()  # type: ignore[misc]  # AbstractBaseUser declares another manager class

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_is_unique",
                violation_error_message=_("Another user has this e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by e-mail and job title too."""
        return f"{values.get('email') or ''} {values.get('job_title') or ''}"

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Everyone who is signed in sees their colleagues."""
        return actor.user_id is None and super().restricts(actor)

    def get_full_name(self) -> str:
        """The name, as Django asks for it."""
        return self.name

    def clean(self) -> None:
        """Keep the address in one form; an empty one is none."""
        self.email = (UserManager.normalize_email(self.email) or "").strip() or None

    @verb(label=_("Change your account"), past=_("changed the own account"), permission="self.change")
    def change_own_account(self, **values: str) -> None:
        """Change one's own name, job title, phone, language or time zone."""
        self.only_myself()
        for name, value in values.items():
            if name in OWN_FIELDS:
                setattr(self, name, value)
        self.check_facts()
        self.save()

    @verb(label=_("Deactivate"), past=_("deactivated"))
    def deactivate(self) -> None:
        """Sign the user out and refuse further sign-ons; what they own stays."""
        from ..sessions import end_sessions

        self.is_active = False
        self.save()
        end_sessions(self)

    @verb(label=_("Reactivate"), past=_("reactivated"))
    def reactivate(self) -> None:
        """Allow sign-on again."""
        self.is_active = True
        self.save()
