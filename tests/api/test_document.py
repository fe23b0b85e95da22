"""The document tells the truth about the API (G-A1): short here, long in `./test soak`."""

import logging

import pytest

from tests.api.conftest import Program
from tests.api.fuzzing import Fuzzer
from tests.cast import Cast
from tests.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.mark.slow
@pytest.mark.parametrize("who", ["alice", "dora"])
def test_no_operation_answers_otherwise_than_declared(cast: Cast, who: str) -> None:
    world = make_world(cast)
    fuzzer = Fuzzer(Program(getattr(cast, who)).token.key, world, seed=1)
    logging.disable()
    try:
        problems = fuzzer.run(2)
    finally:
        logging.disable(logging.NOTSET)
    assert not problems, "\n\n".join(problems)
    assert fuzzer.cases > 200
