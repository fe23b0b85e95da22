"""Checks of what people really write: letters in numbers, countries in their own language, other addresses."""

import pytest

from rapport.quality.checking import Grade, check


@pytest.mark.parametrize(
    ("kind", "value", "country", "proposal"),
    [
        ("phone", "O30 9O182O", "DE", "+4930901820"),  # letters beside digits are slips, not a word on the keys
        ("country", "Deutschland", "", "Germany"),
        ("country", "Polska", "", "Poland"),
        ("country", "\u65e5\u672c", "", "Japan"),
        ("currency", "yen", "", "JPY"),
        ("vat", "995525828", "NO", "NO995525828MVA"),
        ("currency", "C$", "", "CAD"),
        ("postal-code", "F-75001", "FR", "75001"),
        ("postal-code", "150", "NO", "0150"),
        ("postal-code", "1000001", "JP", "100-0001"),
        ("url", "https://company,com", "", "https://company.com"),
        ("url", "http://http://company.com", "", "http://company.com"),
        ("url", "//company.com", "", "https://company.com"),
        ("email", "ann@gmail", "", "ann@gmail.com"),
        ("iban", "DE89 37O4 0044 0532 0130 00", "", "DE89370400440532013000"),
    ],
)
def test_q3_what_was_meant_is_proposed(kind: str, value: str, country: str, proposal: str) -> None:
    assert check(kind, value, country=country).proposal == proposal


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("url", "mailto:ann@company.com"),
        ("url", "ann@company.com"),
        ("url", "https://company.com:99999/"),
        ("country", "n/a"),
        ("currency", "XXX"),
        ("iban", "DE89370400440532013"),
        ("iban", "GB82WEST12345698765423"),
    ],
)
def test_q3_what_is_none_is_called_bad_without_a_proposal(kind: str, value: str) -> None:
    verdict = check(kind, value)
    assert verdict.grade is Grade.BAD
    assert verdict.proposal is None


def test_another_number_in_a_name_is_another_thing() -> None:
    models = ("GTK 500", "GTX Pro", "GTX Basic")
    assert check("choice", "GTK 501", choices=models).proposal is None
    assert check("choice", "GTX Prp", choices=models).proposal == "GTX Pro"


@pytest.mark.parametrize("name", ["dollar", "pound", "kr"])
def test_a_currency_that_several_countries_call_so_is_asked_for(name: str) -> None:
    assert check("currency", name).grade is Grade.DOUBTFUL
