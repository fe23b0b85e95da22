"""The benchmarks run in a short form, so that a signature they use and that changes is noticed here."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path

import pytest
from django.test import Client

from benchmarks.api import requests_of
from benchmarks.filling import Filling
from benchmarks.further import fill_further
from benchmarks.growth import drawing
from benchmarks.imports import _files
from benchmarks.measuring import Load
from benchmarks.pages import _heading, _row, pages
from benchmarks.predictions import report as predictions
from benchmarks.quality import report as quality
from benchmarks.sizes import Size
from rapport.core.actors import acting_as
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.identity.models import ApiToken, User
from rapport.identity.roles import Role


@pytest.fixture
def seller(fresh: None) -> User:
    size = Size(200, users=8, teams=2)
    Filling(size, say=lambda line: None).fill()
    fill_further(size)
    return User.objects.filter(role=Role.SELLER).order_by("email")[0]


def _logged_in(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def test_every_page_of_the_benchmark_is_there_on_what_the_generator_made(seller: User) -> None:
    manager = User.objects.filter(role=Role.MANAGER).order_by("email")[0]
    clients = {Role.SELLER: _logged_in(seller), Role.MANAGER: _logged_in(manager)}
    for page in pages(seller):
        assert clients[page.role].get(page.path).status_code == HTTPStatus.OK, page.name
        load = Load(median=1, p95=2, server=3, database=4, bytes=5_000, status=200)
        assert _row(page, load, load, 7).count("|") == _heading().splitlines()[0].count("|")


def test_every_request_of_the_api_benchmark_is_answered(seller: User) -> None:
    with acting_as(actor_for(seller)):
        key = ApiToken.issue(name="Benchmark", scopes=("*",)).key
    client = Client(headers={"host": "localhost", "Authorization": f"Bearer {key}"})
    organisation = Organisation.objects.visible_to(actor_for(seller)).first()
    assert organisation
    for name, asked in requests_of(organisation.pk).items():
        body = asked.sent(1) or b""
        answer = client.generic(asked.method, asked.path, body, content_type="application/json")
        assert answer.status_code in (HTTPStatus.OK, HTTPStatus.CREATED), (name, answer.content)


def test_a_million_people_have_more_activities_each() -> None:
    assert (Size(100_000).activities, Size(1_000_000).activities) == (200_000, 5_000_000)


def test_the_drawing_of_growth_names_each_page_and_size() -> None:
    drawn = drawing({"Today": {10_000: 12.0, 100_000: 13.0}, "Board": {10_000: 9.0, 1_000_000: 40.0}})
    assert all(word in drawn for word in ("Today (ms)", "Board (ms)", "10 k", "100 k", "1 M"))
    assert "prefers-color-scheme: dark" in drawn


def test_the_files_of_the_import_benchmark_are_written(tmp_path: Path) -> None:
    assert [path.name for path in _files(tmp_path, Size(20))] == ["accounts.csv", "contacts.csv", "opportunities.csv"]


@pytest.mark.parametrize("run", [quality.run, partial(predictions.run, seeds=2)])
def test_a_part_that_does_not_exist_is_refused_with_those_that_do(run: Callable[[str], None]) -> None:
    with pytest.raises(SystemExit, match="There is no part everything"):
        run("everything")
