"""How long an answer takes tells nobody whether a guessed id is that of a record they may not see (G-B6).

Two samples of 2,000 answers each, one after the other in random order, are compared by the test of Mann and Whitney;
the long form is `./test soak -k guessed`. No short form measures times.
"""

import logging
import os
import random
import statistics
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from rapport.directory.models import Organisation, Person
from rapport.identity.models import Scope
from rapport.leads.models import Lead
from rapport.pipeline.models import Opportunity
from tests.api.conftest import Program
from tests.cast import Cast, seen_by

pytestmark = pytest.mark.django_db

PAIRS = int(os.environ.get("RAPPORT_PAIRS", "2000"))
RECORDS = 200
LEAST_P = 0.01
Ask = Callable[[UUID], Any]


def probability_of_the_same(one: list[float], other: list[float]) -> float:
    """How probable it is that two samples come from the same times (Mann-Whitney, two-sided, by the normal law)."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    rank_sum = sum(place for place, (_value, side) in enumerate(ranked, start=1) if side == 0)
    count, others = len(one), len(other)
    expected = count * (count + others + 1) / 2
    spread = (count * others * (count + others + 1) / 12) ** 0.5
    return 2 * (1 - statistics.NormalDist().cdf(abs(rank_sum - expected) / spread))


def test_the_measure_tells_samples_apart_and_equal_ones_together() -> None:
    chance = random.Random(7)
    draw: Callable[[float], list[float]] = lambda mean: [chance.gauss(mean, 1.0) for _one in range(PAIRS)]  # noqa: E731
    assert probability_of_the_same(draw(10), draw(10)) > LEAST_P
    assert probability_of_the_same(draw(10), draw(10.2)) < LEAST_P


def _asks(client: Client, program: Program, kind: str) -> dict[str, Ask]:
    return {
        f"/{kind}/…/": lambda key: client.get(f"/{kind}/{key}/"),
        f"/{kind}/…/edit/": lambda key: client.get(f"/{kind}/{key}/edit/"),
        f"API {kind}/…": lambda key: program.get(f"{kind}/{key}"),
        f"API PATCH {kind}/…": lambda key: program.patch(f"{kind}/{key}", {}),
    }


def _measured(ask: Ask, kept: list[UUID], chance: random.Random) -> tuple[list[float], list[float]]:
    """The times for ids that are there and for ids that nobody has, asked by turns in random order."""
    times: tuple[list[float], list[float]] = ([], [])
    for _pair in range(PAIRS):
        turns = [(0, chance.choice(kept)), (1, uuid4())]
        chance.shuffle(turns)
        for side, key in turns:
            begun = time.perf_counter()
            status = ask(key).status_code
            times[side].append(time.perf_counter() - begun)
            assert status == 404
    return times


@pytest.mark.soak
@pytest.mark.parametrize(
    "model", [Opportunity, Organisation, Person, Lead], ids=["opportunities", "organisations", "people", "leads"]
)
def test_a_guessed_id_is_answered_as_fast_as_one_that_nobody_has(
    fresh: None, cast: Cast, settings: Any, model: Any
) -> None:
    settings.API_REQUESTS_PER_MINUTE = 10_000_000
    logging.disable()
    kind = {"person": "people"}.get(model.record_type, f"{model.record_type[:-1]}ies" if model is Opportunity else "")
    kind = kind or f"{model.record_type}s"
    seen_by(model.record_type, Scope.OWNER)
    name = "last_name" if model in (Person, Lead) else "name"
    with cast.acting(cast.alice):
        kept = [model.create(**{name: f"Number {number}"}, owner=cast.alice).pk for number in range(RECORDS)]
        model.objects.get(pk=kept[0]).share_with(user=cast.charlie)  # so that the question is the longer one
    client, chance = Client(), random.Random(11)
    client.force_login(cast.charlie)
    for name, ask in _asks(client, Program(cast.charlie), kind).items():
        found, missing = _measured(ask, kept[1:], chance)
        p = probability_of_the_same(found, missing)
        told = [f"{statistics.median(times) * 1000:.3f} ms" for times in (found, missing)]
        print(f"{name}: there {told[0]}, not there {told[1]} (medians of {PAIRS}), p = {p:.3f}")
        assert p > LEAST_P, name
    logging.disable(logging.NOTSET)
