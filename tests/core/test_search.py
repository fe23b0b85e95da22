"""Search forgives typos and accents and obeys rights."""

import pytest

from rapport.core.actors import ANONYMOUS, SYSTEM, Actor
from rapport.core.search import normalise, search
from rapport.identity.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(as_system: Actor) -> None:
    for name, email in (
        ("Zoë Müller", "zoe@rapport.example"),
        ("Jean-François Lefèvre", "jf.lefevre@rapport.example"),
        ("João Gonçalves", "joao@rapport.example"),
        ("Al Li", "al@rapport.example"),
    ):
        User.create(name=name, email=email)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("muller", "Zoë Müller"),
        ("Müller", "Zoë Müller"),
        ("zoe mul", "Zoë Müller"),
        ("goncalves", "João Gonçalves"),
        ("goncalvez", "João Gonçalves"),
        ("lefebvre", "Jean-François Lefèvre"),
        ("jf.lefevre@rapport", "Jean-François Lefèvre"),
        ("al", "Al Li"),
    ],
)
def test_the_right_one_comes_first(people: None, question: str, first: str) -> None:
    assert search(SYSTEM, question)[0].title == first


def test_nothing_is_found_for_nothing(people: None) -> None:
    assert search(SYSTEM, "  ") == []
    assert search(SYSTEM, "xylophone") == []


def test_signs_of_the_pattern_language_mean_themselves(people: None) -> None:
    assert search(SYSTEM, "%") == []
    assert search(SYSTEM, "_ _ _") == []


def test_a_visitor_finds_nobody(people: None) -> None:
    assert search(ANONYMOUS, "muller") == []


def test_only_the_types_asked_for_are_searched(people: None) -> None:
    assert search(SYSTEM, "muller", types=["team"]) == []


def test_normalised_text_has_no_accents_capitals_or_double_spaces() -> None:
    assert normalise("  ÉCOLE  Supérieure ") == "ecole superieure"
