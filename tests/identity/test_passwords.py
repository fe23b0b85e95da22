"""Which passwords are taken: long ones of any kind, not those that everybody guesses first."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from rapport.identity.models import User

ALICE = User(name="Alice Almeida", email="alice.almeida@northmere.example")


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "password123",
        "Rapport2026!",
        "crm-crm-crm-crm",
        "SalesSales99",
        "1234567890",
        "alice.almeida",
        "qwertyuiop",
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, ALICE)


@pytest.mark.parametrize(
    "password",
    [
        "a walk along the river",
        "hhhh jjjj kkkk llll",
        "ÀÉÎÕÜ-ñandú-çedilha",
        "我们一起沿着河边慢慢走吧",
        "9" * 20 + "x" * 60,
        "x y " * 50,
    ],
)
def test_long_ones_of_any_kind_are_taken(password: str) -> None:
    validate_password(password, ALICE)
