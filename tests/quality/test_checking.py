"""Checks of single values: what is wrong is found, what was meant is proposed, and what is right is left alone."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.cli.commands.check import COMMAND
from rapport.quality.checking import CHECKS, Grade, UnknownKind, check
from rapport.quality.checking.words import words

RIGHT = [
    ("email", "ann@acme.com", ""),
    ("email", "ann@cloud.com", ""),  # not icloud.com: a first letter is rarely left out
    ("email", "ann@grange.fr", ""),
    ("email", "ann@email.com", ""),
    ("email", "zoé.laurent@société.fr", ""),
    ("phone", "+351912345678", ""),
    ("phone", "+33612345678", "FR"),
    ("vat", "FR40303265045", ""),
    ("vat", "PT501964843", ""),
    ("vat", "GB980780684", ""),
    ("siren", "303265045", ""),
    ("nif", "501964843", ""),
    ("iban", "FR1420041010050500013M02606", ""),
    ("country", "Portugal", ""),
    ("country", "Allemagne", ""),
    ("country", "PT", ""),
    ("currency", "EUR", ""),
    ("url", "https://www.company.com/a?b=c", ""),
    ("domain", "company.co.uk", ""),
    ("postal-code", "75001", "FR"),
    ("postal-code", "1000-205", "PT"),
    ("name", "Jean-Luc d'Ormesson", ""),
    ("name", "Ana de Sousa", ""),
    ("company", "Acme GmbH & Co. KG", ""),
    ("company", "IBM", ""),
    ("date", "2026-11-22", ""),
    ("iban", "BE68539007547034", ""),  # its bank is on no old list
    ("country", "Great Britain", ""),
    ("country", "Turkey", ""),
]
MENDED = [
    ("email", "ann@gmial.com", "", "ann@gmail.com"),
    ("email", "ann@hotmial.fr", "", "ann@hotmail.fr"),
    ("email", "ann@gmail.co", "", "ann@gmail.com"),
    ("email", "ann@company.con", "", "ann@company.com"),
    ("email", "ann@gmail,com", "", "ann@gmail.com"),
    ("email", "ann@@acme.com", "", "ann@acme.com"),
    ("email", "ann (at) acme (dot) com", "", "ann@acme.com"),
    ("email", "anngmail.com", "", "ann@gmail.com"),
    ("phone", "0612345678", "FR", "+33612345678"),
    ("phone", "00351912345678", "", "+351912345678"),
    ("phone", "+44 (0)20 7946 0958", "", "+442079460958"),
    ("phone", "06l2345678", "FR", "+33612345678"),
    ("phone", "O912345678", "PT", "+351912345678"),
    ("email", " ann@acme.com ", "", "ann@acme.com"),
    ("vat", "FR 40 303 265 045", "", "FR40303265045"),
    ("vat", "501964843", "PT", "PT501964843"),
    ("vat", "PT5O1964843", "", "PT501964843"),
    ("iban", "fr14 2004 1010 0505 0001 3m02 606", "", "FR1420041010050500013M02606"),
    ("country", "Philipines", "", "Philippines"),
    ("country", "FRA", "", "FR"),
    ("currency", "euro", "", "EUR"),
    ("currency", "ERU", "", "EUR"),
    ("currency", "$", "CA", "CAD"),
    ("url", "www,acme.com", "", "https://www.acme.com"),
    ("url", "htp://acme.com", "", "http://acme.com"),
    ("url", "acme.com", "", "https://acme.com"),
    ("postal-code", "1000", "FR", "01000"),
    ("postal-code", "SW1A1AA", "GB", "SW1A 1AA"),
    ("postal-code", "1234AB", "NL", "1234 AB"),
    ("name", "DUPONT, Jean", "", "Jean Dupont"),
    ("name", "jean dupont", "", "Jean Dupont"),
    ("name", "ANA DE SOUSA", "", "Ana de Sousa"),
    ("company", "Acme Gmhb", "", "Acme GmbH"),
    ("date", "22/11/2026", "", "2026-11-22"),
    ("date", "03/04/2026", "US", "2026-03-04"),
]
WRONG = [
    ("email", "ann", ""),
    ("email", "ann@acme", ""),
    ("email", "ann@acme.qzx", ""),
    ("email", "ann@mailinator.com", ""),
    ("phone", "06123456", "FR"),
    ("phone", "hello", ""),
    ("vat", "FR40303265046", ""),
    ("vat", "GB123456789", ""),
    ("siren", "303265046", ""),
    ("iban", "FR1420041010050500013M02607", ""),
    ("country", "Korea", ""),
    ("country", "Atlantis", ""),
    ("currency", "$", ""),
    ("url", "not an address", ""),
    ("postal-code", "ABCDE", "FR"),
    ("name", "test", ""),
    ("name", "J4ne", ""),
    ("company", "n/a", ""),
    ("date", "31/02/2026", ""),
    ("date", "03/04/2026", ""),
]


@pytest.mark.parametrize(("kind", "value", "country"), RIGHT)
def test_what_is_right_is_left_alone(kind: str, value: str, country: str) -> None:
    found = check(kind, value, country=country)
    assert (found.grade, found.proposal) == (Grade.GOOD, None), found.reason


@pytest.mark.parametrize(("kind", "value", "country", "meant"), MENDED)
def test_what_was_meant_is_proposed(kind: str, value: str, country: str, meant: str) -> None:
    found = check(kind, value, country=country)
    assert found.proposal == meant, found.reason


@pytest.mark.parametrize(("kind", "value", "country"), WRONG)
def test_what_is_wrong_is_said_without_guessing(kind: str, value: str, country: str) -> None:
    found = check(kind, value, country=country)
    assert found.grade is not Grade.GOOD
    assert found.proposal is None
    assert found.reason


@pytest.mark.parametrize(
    ("value", "meant"), [("technolgy", "technology"), ("GTXPro", "GTX Pro"), ("MG special", "MG Special")]
)
def test_a_near_miss_of_a_list_is_proposed(value: str, meant: str) -> None:
    choices = ["technology", "retail", "medical", "GTX Pro", "GTX Plus Pro", "MG Special"]
    assert check("choice", value, choices=choices).proposal == meant


def test_between_two_equally_near_values_none_is_proposed() -> None:
    assert check("choice", "GTX P", choices=["GTX A", "GTX B"]).proposal is None


@settings(deadline=None)
@given(st.sampled_from(sorted(CHECKS)), st.text(min_size=1, max_size=60), st.sampled_from(["", "FR", "US", "PT"]))
def test_every_check_answers_whatever_it_is_given(kind: str, value: str, country: str) -> None:
    found = check(kind, value, country=country, choices=["technology"])
    assert found.reason
    assert 0 < found.confidence <= 1
    if found.proposal is not None:
        assert found.proposal != value


@given(st.sampled_from(sorted(words("mail_providers"))), st.from_regex(r"[a-z]{2,12}", fullmatch=True))
def test_addresses_at_known_providers_are_never_doubted_for_their_domain(provider: str, local: str) -> None:
    assert check("email", f"{local}@{provider}").proposal is None


def test_an_unknown_kind_names_those_there_are() -> None:
    with pytest.raises(UnknownKind, match="email"):
        check("shoe-size", "42")


def test_q2_the_command_answers_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    from argparse import ArgumentParser

    parser = ArgumentParser()
    COMMAND.arguments(parser)
    assert COMMAND.run(parser.parse_args(["email", "ann@gmial.com", "--json"])) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "verdict": "doubtful",
        "reason": "gmial.com looks like a slip of gmail.com.",
        "proposal": "ann@gmail.com",
        "confidence": 0.98,
    }
