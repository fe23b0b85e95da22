"""The document tells the truth about the API (G-A1): short here, long in `./test soak`."""

import logging
import os

import pytest
from django.db.models import QuerySet

from rapport.identity.models import User
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


ROLES = ["auditor", "read-only", "support", "seller", "manager", "administrator"]
PARTS = 8
EXAMPLES = int(os.environ.get("RAPPORT_FUZZ_EXAMPLES") or 40)  # of each operation


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("scopes", [("*",), ("*.read",)], ids=["writing", "reading"])
def test_no_operation_answers_otherwise_for_any_role(cast: Cast, scopes: tuple[str, ...], part: int) -> None:
    """Each case is sent as an administrator, and in another role whose document has the operation, by turns."""

    def become(role: str) -> None:
        QuerySet(User).filter(pk=cast.alice.pk).update(role=role)

    key = Program(cast.alice, *scopes).token.key
    fuzzer = Fuzzer(key, make_world(cast), seed=2, roles=ROLES, become=become)
    logging.disable()
    try:
        problems = fuzzer.run(EXAMPLES, every=PARTS, start=part)
    finally:
        logging.disable(logging.NOTSET)
    told = ", ".join(f"{role} {len(document)}" for role, document in fuzzer.documents.items())
    print(f"\n{fuzzer.cases} cases of one in {PARTS} operations; operations in all: {told}")
    assert not problems, "\n\n".join(problems)
