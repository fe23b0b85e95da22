"""A process killed after the migrations and before what a fresh database needs leaves nothing undone for ever."""

import pytest

from rapport.catalog.models import Currency
from rapport.cli.session import migrate
from rapport.pipeline.models import Pipeline


@pytest.mark.django_db
def test_what_a_fresh_database_needs_comes_with_the_next_start() -> None:
    assert not Pipeline.objects.exists()
    migrate()
    migrate()
    assert Pipeline.objects.count() == 1
    assert Currency.objects.filter(is_base=True).count() == 1
