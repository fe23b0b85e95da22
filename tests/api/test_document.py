"""The document tells the truth about the API (G-A1): short here, long in `./test soak`."""

import logging
import os

import pytest

from rapport.core.actors import SYSTEM, acting_as
from tests.api.conftest import Program
from tests.api.fuzzing import Fuzzer
from tests.cast import Cast
from tests.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.mark.slow
@pytest.mark.parametrize(("who", "every"), [("alice", 4), ("dora", 1)])
def test_no_operation_answers_otherwise_than_declared(cast: Cast, who: str, every: int) -> None:
    world = make_world(cast)
    fuzzer = Fuzzer(Program(getattr(cast, who)).token.key, world, seed=1)
    logging.disable()
    try:
        problems = fuzzer.run(2, every=every)
    finally:
        logging.disable(logging.NOTSET)
    assert not problems, "\n\n".join(problems)
    assert fuzzer.cases * every > 100


ROLES = ["administrator", "manager", "seller", "support", "read-only", "auditor"]
PARTS = 4
EXAMPLES = int(os.environ.get("RAPPORT_FUZZ_EXAMPLES") or 40)  # of each operation


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("scopes", [("*",), ("*.read",)], ids=["writing", "reading"])
@pytest.mark.parametrize("role", ROLES)
def test_no_operation_answers_otherwise_for_any_role(cast: Cast, role: str, scopes: tuple[str, ...], part: int) -> None:
    world = make_world(cast)
    with acting_as(SYSTEM):
        cast.alice.change(role=role)
    fuzzer = Fuzzer(Program(cast.alice, *scopes).token.key, world, seed=2)
    logging.disable()
    try:
        problems = fuzzer.run(EXAMPLES, every=PARTS, start=part)
    finally:
        logging.disable(logging.NOTSET)
    print(f"{role}: {fuzzer.cases} cases")
    assert not problems, "\n\n".join(problems)
