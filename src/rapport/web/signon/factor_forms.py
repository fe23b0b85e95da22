"""Forms of the second factor: ours over those of allauth, with our words and our way of slowing guesses down."""

from typing import Any

import structlog
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .codes import authenticator_of_code, matching_step
from .throttle import guess
from .waiting import waiting_sentence

log = structlog.get_logger("rapport.signon")
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "spellcheck": "false"}


class _Code:
    """A code typed by hand, checked and counted."""

    user: Any
    cleaned_data: dict[str, Any]
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=gettext_lazy("Code"), max_length=20, widget=forms.TextInput(attrs=CODE)
        )

    def clean_code(self) -> str:
        """The code, used up; a wrong one counts as a guess."""
        attempt = guess(context.request, self.user.email or "", kind="code")
        wait = attempt.begin()
        if wait:
            raise ValidationError(waiting_sentence(wait))
        code = str(self.cleaned_data["code"])
        authenticator = authenticator_of_code(self.user, code)
        if authenticator is None:
            log.info("code refused", user=str(self.user.pk))
            raise ValidationError(_("That code is wrong, or was used already. Wait for the next one and try again."))
        attempt.was_right()
        authenticator.user = self.user
        self.authenticator = authenticator
        return code


class SecondStepForm(_Code, AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The second step of a log-in."""


class ConfirmCodeForm(_Code, ReauthenticateForm):  # type: ignore[misc]
    """Proving once more who one is."""


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=gettext_lazy("Code shown by the app"), max_length=20, widget=forms.TextInput(attrs=CODE)
        )

    def clean_code(self) -> str:
        """A code that the app made from the secret."""
        code = "".join(str(self.cleaned_data["code"]).split())
        if matching_step(self.secret, code) is None:
            raise ValidationError(_("That code is wrong. Look whether the clock of your device is, and try again."))
        return code


class _Credential:
    """What the browser answers for a passkey; says plainly when it doesn't fit."""

    def clean_credential(self) -> Any:
        """The passkey that the answer belongs to."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (ValidationError, KeyError, AttributeError, ValueError, TypeError) as error:
            raise ValidationError(_("This passkey is not known here. Try another way to sign in.")) from error


class PasskeyLogInForm(_Credential, LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in with a passkey alone."""


class PasskeySecondStepForm(_Credential, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step."""


class ConfirmPasskeyForm(_Credential, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey to prove once more who one is."""


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey and what it is called."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=gettext_lazy("Name"),
            required=False,
            max_length=80,
            help_text=gettext_lazy("So that you recognise it later: “Phone”, “Laptop”, “Blue key”."),
        )
        self.fields.pop("passwordless", None)
        self.initial["name"] = ""

    def clean(self) -> dict[str, Any]:
        """The browser's answer, checked."""
        try:
            return dict(super().clean())
        except (ValidationError, KeyError, AttributeError, ValueError, TypeError) as error:
            raise ValidationError(_("The passkey could not be stored. Try again.")) from error


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(label=gettext_lazy("Name"), max_length=80)
