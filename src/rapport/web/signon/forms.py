"""Forms of signing on."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rapport.identity.models import User


class SignOnForm(AuthenticationForm):
    """E-mail address and password."""

    error_messages = {
        "invalid_login": _("That e-mail address and password don't belong together. Check both and try again."),
        "inactive": _("This account was deactivated. Ask your administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail")
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username", "autofocus": True, "maxlength": 254}
        )


class FirstUserForm(forms.Form):
    """The person who sets Rapport up; becomes an administrator."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True})
    )
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": True}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts()[1:2])

    def clean_password(self) -> str:
        """A good password, compared with the other answers too."""
        password = str(self.cleaned_data["password"])
        user = User(name=self.cleaned_data.get("name", ""), email=self.cleaned_data.get("email"))
        try:
            validate_password(password, user)
        except ValidationError as problem:
            raise forms.ValidationError(problem.messages) from None
        return password
