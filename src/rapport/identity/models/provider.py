"""Sign-on providers: the company's own sign-on (OpenID Connect), and which of its accounts is which user."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.encryption import decrypted, encrypted
from rapport.core.records import Record

from ..roles import Role
from .team import Team

PURPOSE = "sign-on-provider"


class SignOnProvider(Record):
    """Who vouches for our users; set up by an administrator."""

    unrecorded_fields: ClassVar[frozenset[str]] = frozenset({"sealed_secret"})

    name = models.CharField(_("name"), max_length=60, unique=True)
    issuer = models.CharField(_("issuer"), max_length=300)
    client_id = models.CharField(_("client id"), max_length=300)
    sealed_secret = models.TextField(blank=True, editable=False)
    domains = models.CharField(_("mail domains"), max_length=500)
    creates_users = models.BooleanField(_("creates users"), default=False)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.READ_ONLY)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("team"), related_name="+"
    )
    asks_second_factor = models.BooleanField(_("asks for a second factor"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("sign-on provider")
        verbose_name_plural = _("sign-on providers")

    @property
    def client_secret(self) -> str:
        """The secret, readable."""
        return decrypted(self.sealed_secret, purpose=PURPOSE) if self.sealed_secret else ""

    @staticmethod
    def seal(secret: str) -> str:
        """How a secret is stored."""
        return encrypted(secret, purpose=PURPOSE) if secret else ""

    def vouches_for(self, email: str) -> bool:
        """Whether the address is in one of the domains that this provider may sign in."""
        domain = email.rpartition("@")[2].lower()
        return domain in {name.strip().lower().lstrip("@") for name in self.domains.split(",")}


class SignOnLink(Record):
    """An account at a provider is this user."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name=_("user"), related_name="sign_on_links"
    )
    provider = models.ForeignKey(
        SignOnProvider, on_delete=models.CASCADE, verbose_name=_("provider"), related_name="links", db_index=False
    )
    subject = models.CharField(_("subject"), max_length=255)

    class Meta:
        verbose_name = _("sign-on link")
        verbose_name_plural = _("sign-on links")
        constraints = [models.UniqueConstraint(fields=["provider", "subject"], name="sign_on_link_is_unique")]

    def __str__(self) -> str:
        return f"{self.provider_id}: {self.subject}"


class SecondFactorRule(Record):
    """From a day on, users of a role need a second factor."""

    role = models.CharField(_("role"), max_length=20, choices=Role.choices, unique=True)
    since = models.DateField(_("required from"))

    class Meta:
        verbose_name = _("second factor rule")
        verbose_name_plural = _("second factor rules")

    def __str__(self) -> str:
        return f"{self.role}: {self.since}"
