"""What a user is to signing on: the password, and the facts about it that history keeps."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import current_actor
from rapport.core.problems import Forbidden, Problem
from rapport.core.records import Record
from rapport.core.verbs import Risk, verb

if TYPE_CHECKING:
    from .provider import SignOnProvider


@dataclass(frozen=True)
class Proof:
    """That somebody was asked who they are: made by the pages of signing on alone.

    No form and no program can give one, so that no record page and no API offers a verb that asks for it.
    """

    way: str


class SignsOn(Record):
    """Verbs of signing on; the libraries' own tables hold second factors and sessions."""

    if TYPE_CHECKING:
        password: str
        email: str | None
        is_active: bool

    class Meta:
        abstract = True

    def check_password(self, raw_password: str | None) -> bool:
        """Compare only: unlike Django's, never rewrites the hash outside a verb. Takes as long without a password."""
        if not self.password:
            make_password(raw_password)
            return False
        return check_password(raw_password, self.password)

    @verb(label=_("Set password"), past=_("set the password"), risk=Risk.IRREVERSIBLE)
    def choose_password(self, raw_password: str) -> None:
        """Set a new password after checking that it is a good one; history keeps no trace of it."""
        self._set_password(raw_password)

    @verb(label=_("Give a new password"), past=_("gave a new password to"), risk=Risk.IRREVERSIBLE)
    def give_password(self, raw_password: str, *, proof: Proof) -> None:
        """Set somebody else's password, to be handed over; they are told by mail that it was done."""
        self._set_password(raw_password)

    @verb(
        label=_("Change your password"),
        past=_("changed the password"),
        risk=Risk.IRREVERSIBLE,
        permission="self.change",
    )
    def change_own_password(self, raw_password: str, *, proof: Proof) -> None:
        """Set one's own password after checking that it is a good one."""
        self.only_myself()
        self._set_password(raw_password)

    @verb(
        label=_("Reset your password"), past=_("reset the password"), risk=Risk.IRREVERSIBLE, permission="self.change"
    )
    def reset_own_password(self, raw_password: str, *, proof: Proof) -> None:
        """Set one's own password after opening a reset link; the link works no more."""
        self.only_myself()
        self._set_password(raw_password)

    @verb(label=_("Make a reset link"), past=_("made a reset link for"), risk=Risk.IRREVERSIBLE)
    def offer_reset(self, *, proof: Proof) -> str:
        """The token of a link with which the user sets a new password, once and soon."""
        if not (self.is_active and self.email):
            raise Problem(_("Only an active user with an e-mail address can sign in. Change that first."))
        return default_token_generator.make_token(self)  # type: ignore[arg-type]  # a User, whose base this is

    @verb(
        label=_("Add a second factor"),
        past=_("added a second factor"),
        risk=Risk.IRREVERSIBLE,
        permission="self.change",
    )
    def note_factor_added(self, *, reason: str, proof: Proof) -> None:
        """Keep in the history that this user can from now on prove who they are in another way, too."""
        self.only_myself()

    @verb(
        label=_("Remove a second factor"),
        past=_("removed a second factor"),
        risk=Risk.IRREVERSIBLE,
        permission="self.change",
    )
    def note_factor_removed(self, *, reason: str, proof: Proof) -> None:
        """Keep in the history that one of this user's second factors works no more."""
        self.only_myself()

    @verb(
        label=_("Use a recovery code"), past=_("used a recovery code"), risk=Risk.IRREVERSIBLE, permission="self.change"
    )
    def note_recovery_code_used(self, *, proof: Proof) -> None:
        """Keep in the history that this user signed in with one of their recovery codes."""
        self.only_myself()

    @verb(label=_("End a session"), past=_("ended sessions"), risk=Risk.IRREVERSIBLE, permission="self.change")
    def note_sessions_ended(self, *, reason: str, proof: Proof) -> None:
        """Keep in the history that this user signed out other devices of theirs."""
        self.only_myself()

    @verb(
        label=_("Link a sign-on provider"),
        past=_("was linked to a sign-on provider"),
        risk=Risk.IRREVERSIBLE,
        permission="self.change",
    )
    def link_provider(self, *, provider: "SignOnProvider", subject: str, proof: Proof) -> None:
        """From now on the account of this subject at the provider is this user."""
        from .provider import SignOnLink

        self.only_myself()
        SignOnLink(user_id=self.pk, provider_id=provider.pk, subject=subject).save(force_insert=True)

    @verb(
        label=_("Sign in through a provider"),
        past=_("signed in through a provider"),
        risk=Risk.IRREVERSIBLE,
        permission="self.change",
    )
    def note_provider_used(self, *, reason: str, proof: Proof) -> None:
        """Keep in the history that a provider vouched for this user."""
        self.only_myself()

    @verb(label=_("End all sessions"), past=_("ended all sessions of"), risk=Risk.IRREVERSIBLE)
    def sign_out(self) -> None:
        """Sign this user out everywhere."""
        from ..sessions import end_sessions

        end_sessions(self)  # type: ignore[arg-type]

    @verb(label=_("Reset second factors"), past=_("reset the second factors of"), risk=Risk.IRREVERSIBLE)
    def reset_factors(self, *, proof: Proof) -> None:
        """Forget this user's second factors, as when all are lost, and sign them out everywhere."""
        from allauth.mfa.models import Authenticator

        from ..sessions import end_sessions

        Authenticator.objects.filter(user_id=self.pk).delete()
        end_sessions(self)  # type: ignore[arg-type]

    def has_usable_password(self) -> bool:
        """Whether there is a password at all."""
        return bool(self.password)

    def only_myself(self) -> None:
        """Raise `Forbidden` when somebody else acts."""
        if current_actor().user_id != self.pk:
            raise Forbidden(_("This is somebody else's account."))

    def _set_password(self, raw_password: str) -> None:
        validate_password(raw_password, self)  # type: ignore[arg-type]
        self.password = make_password(raw_password)
        self.save()
