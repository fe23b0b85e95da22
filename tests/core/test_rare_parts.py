"""Of a long question only its rarest parts are asked of the index, and the same is found."""

import time

import pytest

from rapport.core import rare_parts
from rapport.core.actors import SYSTEM, Actor
from rapport.core.rare_parts import MOST_PARTS, Sample
from rapport.core.search import search
from rapport.core.search_candidates import _by_rare_parts
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.identity.models import FieldRule
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NAMES = (
    "Petit-Fontaine & Sons",
    "Petit and Fontaine",
    "Petitfontaine",
    "Fontainebleau Paints",
    "100% Maintenance_Line",
)
QUESTIONS = (
    *(
        "petit-fontaine",
        "fontaine petit",
        "petitfontaine",
        "ontain",
        "fontaine-petit",
        "100% maint",
        "maintenance_line",
    ),
    *("petti fontaine", "fontainbleau", "maintenanse line", "fontainebleau al", "nobody of this name"),
)


def _sample(*texts: str) -> Sample:
    return Sample(texts, [0] * len(texts), time.monotonic())


@pytest.fixture
def organisations(as_system: Actor) -> None:
    for name in NAMES:
        Organisation.create(name=name, emails=[{"kind": "work", "value": "line@petit.example"}])


@pytest.fixture
def many_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the table is long."""
    monkeypatch.setattr(rare_parts, "_sample", _sample(*[" the line of paints"] * 200, " fontaine"))


def test_those_are_chosen_that_are_rare_together_and_far_apart() -> None:
    known = _sample(*[" petit line"] * 50, *[" fontaine line"] * 50, *[" plant"] * 900)
    chosen = known.rare_parts(["petit-fontaine"])
    assert len(chosen) == MOST_PARTS
    assert set(chosen[:2]) & {"pet", "eti", "tit"}
    assert set(chosen[:2]) & {"fon", "ont", "nta", "tai", "ain", "ine"}


@pytest.mark.parametrize("question", ["lin", "plants", "the plant", ""])
def test_none_are_chosen_for_what_is_short_or_common(question: str) -> None:
    assert _sample(*[" the plants of line"] * 50).rare_parts(question.split()) == []


def test_one_reads_on_from_where_entries_lie_close_together() -> None:
    texts = [*[" robot"] * 400, *[" plant", " robot"] * 10, *[" robot"] * 400, " plant"]
    known = Sample(texts, range(10, 10 + len(texts)), time.monotonic())
    assert known.dense_block(["plant"]) == 410
    assert known.dense_block(["plants"]) is None
    assert known.dense_block(["al"]) is None
    assert Sample(texts[-30:], range(30), time.monotonic()).dense_block(["plant"]) is None


def test_what_lies_close_together_is_found_as_before(organisations: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = search(SYSTEM, "line")
    monkeypatch.setattr(rare_parts, "_sample", _sample(*[" line"] * 20))
    monkeypatch.setattr("rapport.core.search_candidates.CANDIDATES", len(before))
    assert search(SYSTEM, "line") == before
    monkeypatch.setattr("rapport.core.search_candidates.CANDIDATES", len(before) + 1)
    assert search(SYSTEM, "line") == before


def test_nothing_is_rare_where_there_are_few_entries(organisations: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rare_parts, "_sample", rare_parts._NOTHING)
    assert rare_parts.sample().rare_parts(["petit-fontaine"]) == []


def test_a_long_table_is_sampled(organisations: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rare_parts, "FEWEST_ENTRIES", 0)
    monkeypatch.setattr(rare_parts, "rough_number", lambda table: 1.0)
    monkeypatch.setattr(rare_parts, "_sample", rare_parts._NOTHING)
    assert rare_parts.sample().size >= len(NAMES)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_is_found_by_rare_parts(organisations: None, question: str, request: pytest.FixtureRequest) -> None:
    before = search(SYSTEM, question)
    request.getfixturevalue("many_entries")
    assert search(SYSTEM, question) == before


def test_a_hidden_field_is_not_searched_by_rare_parts_either(
    organisations: None, many_entries: None, cast: Cast
) -> None:
    with cast.acting(SYSTEM):
        FieldRule.create(for_type="organisation", field="emails", role="seller", right="hidden")
    question = "line@petit.example"
    assert search(SYSTEM, question)
    assert not search(actor_for(cast.alice), question)


@pytest.mark.usefixtures("organisations", "many_entries")
def test_two_ways_to_write_a_question_share_no_condition() -> None:
    """PostgreSQL would take out of an OR what all sides of it share, and ask the index for that alone."""
    asked = _by_rare_parts([["silxa", "silva"], ["isnard"]])
    assert asked is not None
    shape, values = asked
    each = [{text for name, text in values.items() if name.startswith(f"part{way}_")} for way in range(len(shape))]
    assert each[0].isdisjoint(each[1])
    assert {text.strip("%") for text in each[0]} & {text.strip("%") for text in each[1]}
