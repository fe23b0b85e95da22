"""The search for duplicates loses no kind of double, and takes few strangers for one: on an invented cast (Q4).

The floors lie a little below what was measured; a change of keys, levels or weights that loses a kind falls through.
"""

import pytest

from benchmarks.quality.cast import Cast, companies, kinds_of, people
from benchmarks.quality.on_record import Result, search, share

LEAST_COMPARED, LEAST_FOUND, LEAST_WHERE_LITTLE_IS_KNOWN = 0.95, 0.9, 0.7


@pytest.fixture(scope="module", params=[people, companies], ids=["people", "organisations"])
def result(request: pytest.FixtureRequest) -> Result:
    cast: Cast = request.param(900)
    return search(cast)


def test_q4_doubles_of_every_kind_are_compared_and_found(result: Result) -> None:
    lost = []
    for kind, pairs in kinds_of(result.cast):
        compared, found = share(pairs, result.compared), share(pairs, result.found)
        least = LEAST_WHERE_LITTLE_IS_KNOWN if "alone" in kind else LEAST_FOUND
        if compared < LEAST_COMPARED or found < least:
            lost.append((kind, compared, found))
    assert not lost


def test_q4_nearly_all_doubles_are_found_and_nearly_all_found_are_doubles(result: Result) -> None:
    assert result.recall >= 0.95
    assert result.precision >= 0.93
    assert result.precision_of_sure >= 0.985


def test_few_pairs_are_compared(result: Result) -> None:
    assert len(result.compared) < 12 * len(result.cast.rows)
