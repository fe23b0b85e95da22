"""A process killed after the migrations and before what a fresh database needs leaves nothing undone for ever."""

from contextlib import nullcontext

import pytest

from rapport.catalog.models import Currency
from rapport.cli import session
from rapport.cli.session import migrate
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.records import RECORD_TYPES
from rapport.governance.models import OwnType
from rapport.pipeline.models import Pipeline


@pytest.mark.django_db
def test_what_a_fresh_database_needs_comes_with_the_next_start() -> None:
    assert not Pipeline.objects.exists()
    migrate()
    migrate()
    assert Pipeline.objects.count() == 1
    assert Currency.objects.filter(is_base=True).count() == 1


@pytest.mark.django_db
def test_commands_know_the_types_that_users_added(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or an export of everything would leave their records out."""
    monkeypatch.setattr(session, "database", nullcontext)
    with acting_as(SYSTEM):
        OwnType.create(label="Depot", plural="Depots")
    assert "own_depot" not in RECORD_TYPES
    with session.records():
        assert "own_depot" in RECORD_TYPES
