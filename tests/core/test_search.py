"""Search forgives typos and accents and obeys rights."""

import pytest

from rapport.core.actors import ANONYMOUS, SYSTEM, Actor
from rapport.core.search import search
from rapport.core.search_entries import normalise
from rapport.core.spelling import KnownWord
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


def test_a_question_may_have_very_many_words(people: None) -> None:
    assert search(SYSTEM, "b " * 100) == []
    assert search(SYSTEM, " ".join(map(chr, range(0x5B57, 0x5B57 + 99)))) == []


def test_a_visitor_finds_nobody(people: None) -> None:
    assert search(ANONYMOUS, "muller") == []


def test_only_the_types_asked_for_are_searched(people: None) -> None:
    assert search(SYSTEM, "muller", types=["team"]) == []


def test_normalised_text_has_no_accents_capitals_or_double_spaces() -> None:
    assert normalise("  ÉCOLE  Supérieure ") == "ecole superieure"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("mullar zoo", "Zoë Müller"),  # both words mistyped
        ("gonsalv", "João Gonçalves"),  # mistyped and not finished
        ("francois lefevbre", "Jean-François Lefèvre"),
        ("lefevre holding", "Jean-François Lefèvre"),  # one word too many
    ],
)
def test_a_mistyped_word_leads_to_the_one_meant(people: None, question: str, first: str) -> None:
    assert search(SYSTEM, question)[0].title == first


def test_what_is_found_as_typed_is_not_mixed_with_what_is_only_alike(as_system: Actor) -> None:
    for number in range(6):
        User.create(name=f"Anna Meier {number}", email=f"meier{number}@rapport.example")
    User.create(name="Otto Meyer", email="otto@rapport.example")
    assert {hit.title for hit in search(SYSTEM, "meier")} == {f"Anna Meier {number}" for number in range(6)}


def test_words_are_known_once_and_parts_with_digits_not_at_all(people: None) -> None:
    User.create(name="Zoë Müller", email="mueller2@rapport.example")
    words = list(KnownWord.objects.values_list("word", flat=True))
    assert words.count("muller") == 1
    assert not [word for word in words if any(sign.isdigit() for sign in word)]


def test_words_that_begin_like_a_mistyped_one_take_no_places_of_what_was_meant(as_system: Actor) -> None:
    for name in ("Ashby Moor", "Mora Morais", "Morana Morand", "Morat Moravec", "Ashbee Morus"):
        User.create(name=name)
    assert "Ashby Moor" in [hit.title for hit in search(SYSTEM, "ashbi mor")]
