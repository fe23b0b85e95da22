"""While somebody is asked first, the machine's number is at no address of the product, however one asks."""

from collections.abc import Iterator, Mapping

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from rapport.core.clock import fixed_at, now
from rapport.core.records import Record
from rapport.insights.models import KeptFigures
from rapport.oversight.models import Trial
from rapport.pipeline.models import Opportunity
from tests.api.conftest import Program
from tests.architecture.addresses import all_addresses
from tests.cast import Cast
from tests.clients import signed_in
from tests.rights.matrix import masked, text_of
from tests.rights.test_matrix import NOT_ASKED
from tests.trials.conftest import start
from tests.world import make_world

pytestmark = pytest.mark.django_db

_NEVER_ALIKE = {"metrics", "contact"}  # the memory of the process, a token with its moment
_ABOUT_DEALS = ("/opportunities/", "/insights/", "/pipeline/", "/today/", "/forecast/", "/organisations/")
_OTHER_CHANCES = (
    "UPDATE pipeline_opportunity SET chance_to_win = 100 - chance_to_win WHERE chance_to_win IS NOT NULL",
    "UPDATE intelligence_score SET chance = 1 - chance WHERE prediction = 'win_probability'",
)
_FURTHER = (
    "/",
    "/palette/?q=New+deal",
    "/search/?q=New+deal",
    *(f"/opportunities/export.{kind}?cols=chance_to_win,name&view=all" for kind in ("csv", "xlsx")),
    *(f"/opportunities/?view=all&sort={sign}chance_to_win" for sign in ("", "-")),
)


def _paths(world: Mapping[str, Record], trial: Trial) -> list[str]:
    asked = [one.path for one in all_addresses(world) if one.pattern not in NOT_ASKED | _NEVER_ALIKE]
    return [
        *asked,
        *_FURTHER,
        *(f"/insights/trials/{trial.pk}/{part}" for part in ("", "export/")),
        "/insights/trials/",
    ]


def _asked_of_api(deals: list[Opportunity]) -> Iterator[str]:
    for deal in deals:
        yield from (f"opportunities/{deal.pk}{part}" for part in ("", "/history", "/timeline"))
    yield from ("opportunities?include=count", "opportunities?sort=chance_to_win", "search?q=New", "trials")


def _answers(client: Client, program: Program, paths: list[str], of_api: list[str]) -> dict[str, str]:
    KeptFigures._base_manager.all().delete()
    cache.clear()
    told = {path: masked(text_of(client.get(path))) for path in paths}
    return told | {f"api: {path}": masked(text_of(program.get(path))) for path in of_api}


@pytest.mark.parametrize(
    "whole", [pytest.param(False, marks=pytest.mark.slow), pytest.param(True, marks=pytest.mark.soak)]
)
def test_who_is_asked_first_is_told_the_same_whatever_the_machine_thinks(
    fresh: None, cast: Cast, deals: list[Opportunity], *, whole: bool
) -> None:
    world = {**make_world(cast), "opportunity": deals[0]}
    trial = start(cast)
    paths = [path for path in _paths(world, trial) if whole or path in _FURTHER or path.startswith(_ABOUT_DEALS)]
    client, program, of_api = signed_in(cast.alice), Program(cast.alice), list(_asked_of_api(deals))
    manager, deals_by_chance = signed_in(cast.dora), _FURTHER[-1]
    with fixed_at(now()):
        told = text_of(manager.get(deals_by_chance))
        _answers(client, program, paths, of_api)  # what is told once has been told
        before = _answers(client, program, paths, of_api)
        with connection.cursor() as cursor:
            for statement in _OTHER_CHANCES:
                cursor.execute(statement)
        after = _answers(client, program, paths, of_api)

        assert masked(text_of(manager.get(deals_by_chance))) != masked(told), "others do see the number"

    assert [path for path, one in before.items() if after[path] != one] == []
