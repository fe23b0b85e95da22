"""The cast, and Django's clients signed in as each."""

from collections.abc import Callable

import pytest
from django.test import Client

from rapport.identity.models import User
from tests import clients
from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody."""
    return make_cast()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser of this user."""

    return clients.signed_in
