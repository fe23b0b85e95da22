"""A small company, and somebody who sends it nonsense."""

import logging
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from rapport.core.records import Record
from rapport.identity.models import User
from tests.cast import Cast, make_cast
from tests.world import make_world

from .visiting import Visitor

Company = tuple[Cast, Mapping[str, Record]]
Visiting = Callable[[User | None], Visitor]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, settings: Any) -> None:
    """Files that get through lie in a folder of the test's own."""
    settings.HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def company(fresh: None) -> Company:
    """The cast, and one record of each type."""
    cast = make_cast()
    return cast, make_world(cast)


@pytest.fixture
def visit() -> Iterator[Visiting]:
    """A visitor who is this user, or nobody; refusals are expected and not logged."""

    def visitor_of(user: User | None) -> Visitor:
        client = Client()
        if user is not None:
            client.force_login(user)
        return Visitor(client, is_known=user is not None)

    logging.disable()
    yield visitor_of
    logging.disable(logging.NOTSET)
