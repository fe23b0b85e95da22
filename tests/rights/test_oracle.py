"""A hidden field can't be worked out: no answer to any question differs with its value (T2, G-B3).

The short form asks some hundred questions, chosen anew each time, or again those of RAPPORT_SEED;
`./test soak -k oracle` asks all of them, with RAPPORT_PROBES so many of each field, with RAPPORT_SECONDS for so long.
"""

import logging
import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from rapport.governance.dictionary import entry_of
from rapport.governance.field_rights import hideable_fields
from rapport.pipeline.models import Opportunity
from tests.api.conftest import Program
from tests.cast import Cast
from tests.own_fields.making import own
from tests.rights.oracle import Hidden, probes, told
from tests.rights.toasts import taken_toasts
from tests.time_given import SHORT_SEED, as_many_as_fit
from tests.world import make_world

pytestmark = pytest.mark.django_db

TYPES = (
    *("organisation", "person", "opportunity", "lead", "order", "contract", "ticket", "task", "product", "campaign"),
    *("affiliation", "meeting", "call", "mail", "opportunityline", "orderline", "own_certificate"),
)
OWN_KINDS = ("text", "number", "amount", "percentage", "date", "choice", "several", "boolean", "email", "phone", "url")
SHORT = 250
EACH = int(os.environ.get("RAPPORT_PROBES") or 1_000_000)
SHORT_TYPES = ("opportunity", "person", "organisation")


@pytest.fixture
def world(fresh: None, cast: Cast, settings: Any) -> Iterator[dict[str, Any]]:
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    logging.disable()
    world = dict(make_world(cast))
    with cast.acting(cast.dora):
        for kind in OWN_KINDS:
            own(kind)
            own(kind, for_type="own_certificate")
        other = Opportunity.create(name="Pipes", owner=cast.alice)
        world["opportunityline"] = other.add_line(world["product"], unit_price=7)
        world["order"].add_line(world["product"], quantity=1, unit_price=7)
        world["orderline"] = world["order"].lines.get()
    yield world
    logging.disable(logging.NOTSET)


def _hidden(world: dict[str, Any], record_type: str) -> Iterator[Hidden]:
    for field in hideable_fields(entry_of(record_type)).values():
        yield Hidden(world[record_type], field)


def _seller(cast: Cast) -> tuple[Client, Program]:
    client = Client()
    client.force_login(cast.alice)
    return client, Program(cast.alice)


@pytest.mark.slow
def test_no_question_tells_of_a_hidden_field(world: dict[str, Any], cast: Cast) -> None:
    seed = int(os.environ.get("RAPPORT_SEED") or SHORT_SEED)
    chance, seller = random.Random(seed), _seller(cast)
    fields = [hidden for kind in SHORT_TYPES for hidden in _hidden(world, kind)]
    chosen = chance.sample(fields, 10)
    for hidden in chosen:
        asked = chance.sample(list(probes(hidden)), SHORT // len(chosen))
        assert not list(told(hidden, asked, *seller)), f"seed {seed}"


@pytest.mark.soak
@pytest.mark.parametrize("record_type", TYPES)
def test_no_question_at_all_tells_of_a_hidden_field(world: dict[str, Any], cast: Cast, record_type: str) -> None:
    seller, count, found = _seller(cast), 0, []
    for hidden in as_many_as_fit(list(_hidden(world, record_type))):
        asked = list(probes(hidden))
        asked = random.sample(asked, min(EACH, len(asked)))
        count += len(asked)
        found += told(hidden, asked, *seller)
    print(f"\n{record_type}: {count} questions, each in three worlds; {len(found)} told")
    assert not found, "\n".join(found)


def test_what_an_answer_says_on_the_next_page_belongs_to_its_question(fresh: None, cast: Cast) -> None:
    client, _program = _seller(cast)
    client.post("/organisations/new/", {"name": "Acme"})
    assert taken_toasts(client) == ["Created · Acme"]
    assert "Created · Acme" not in client.get("/organisations/").content.decode()
