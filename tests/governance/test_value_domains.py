"""Value domains read what people write in three languages, and say what to do about the rest."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.governance.domains import (
    Addresses,
    Amount,
    Boolean,
    Choice,
    Country,
    Currency,
    Date,
    DateTime,
    DecimalNumber,
    Domain,
    EmailAddress,
    Emails,
    Integer,
    Language,
    LongText,
    OpenList,
    Percentage,
    PhoneNumber,
    Phones,
    Text,
    ValueProblem,
    VatNumber,
    WebAddress,
    Year,
)

COLOURS = Choice({"red": "Red", "navy": "Navy blue"}, aliases={"crimson": "red"})
INDUSTRIES = OpenList(known=lambda: {"Technology": "Technology", "Énergie": "Énergie"})


@pytest.mark.parametrize(
    ("domain", "raw", "value"),
    [
        (Text(20), "  two   words \n", "two words"),
        (Text(20), "", None),
        (LongText(), "one\r\ntwo", "one\ntwo"),
        (Integer(), "1,234", 1234),
        (Integer(), "1 234", 1234),
        (DecimalNumber(), "1.234,50", Decimal("1234.50")),
        (DecimalNumber(), "1,234.50", Decimal("1234.50")),
        (DecimalNumber(), "12,5", Decimal("12.5")),
        (DecimalNumber(), "1.234.567", Decimal(1234567)),
        (DecimalNumber(), "(12.50)", Decimal("-12.50")),
        (Amount(), "€ 1 200,00", Decimal(1200)),
        (Percentage(), "12 %", Decimal(12)),
        (Year(), "1996", 1996),
        (Date(), "2017-03-01", date(2017, 3, 1)),
        (Date(), "2017-03-01T10:00:00Z", date(2017, 3, 1)),
        (Date(), "31/12/2025", date(2025, 12, 31)),
        (Date(), "12/31/2025", date(2025, 12, 31)),
        (Date(day_first=True), "03/04/2025", date(2025, 4, 3)),
        (Date(day_first=False), "03/04/2025", date(2025, 3, 4)),
        (Date(), "3 March 2025", date(2025, 3, 3)),
        (DateTime(), "2025-03-04T10:30:00+02:00", datetime(2025, 3, 4, 8, 30, tzinfo=UTC)),
        (DateTime(), "2025-03-04 10:30", datetime(2025, 3, 4, 10, 30, tzinfo=UTC)),
        (Boolean(), "Oui", True),
        (Boolean(), "não", False),
        (COLOURS, "navy BLUE", "navy"),
        (COLOURS, "Crimson", "red"),
        (INDUSTRIES, "technology", "Technology"),
        (INDUSTRIES, "energie", "Énergie"),
        (INDUSTRIES, "Mining", "Mining"),
        (Country(), "Portugal", "PT"),
        (Country(), "Allemagne", "DE"),
        (Country(), "Estados Unidos", "US"),
        (Country(), "gb", "GB"),
        (Currency(), "€", "EUR"),
        (Currency(), "usd", "USD"),
        (Language(), "Français", "fr"),
        (Language(), "French", "fr"),
        (EmailAddress(), " Ana.Silva@Example.COM ", "Ana.Silva@example.com"),
        (PhoneNumber(), "+351 213 000 000", "+351213000000"),
        (PhoneNumber("FR"), "01 42 68 53 00", "+33142685300"),
        (PhoneNumber(), "042 685 300", "042 685 300"),
        (WebAddress(), "company.example", "https://company.example"),
        (VatNumber(), "PT 501 964 843", "PT501964843"),
        (VatNumber(), "CHE-123.456.788 TVA", "CHE123456788TVA"),
        (Emails(), "a@x.example; b@x.example; a@x.example", [
            {"kind": "work", "value": "a@x.example"}, {"kind": "work", "value": "b@x.example"},
        ]),
        (Phones(), [{"kind": "mobile", "value": "+351 912 345 678"}], [{"kind": "mobile", "value": "+351912345678"}]),
        (Addresses(), [{"kind": "billing", "city": "Lisboa", "country": "PT"}, {"city": ""}], [
            {"kind": "billing", "city": "Lisboa", "country": "PT"},
        ]),
    ],
)  # fmt: skip
def test_a_domain_reads_what_people_write(domain: Domain, raw: Any, value: Any) -> None:
    assert domain.parse(raw) == value


@pytest.mark.parametrize(
    ("domain", "raw", "told"),
    [
        (Text(5), "too long", "Shorten"),
        (Text(5), "a\x00b", "0000 NUL"),
        (Integer(), "12.5", "decimals"),
        (DecimalNumber(), "twelve", "not a number"),
        (DecimalNumber(), "NaN", "not a number"),
        (DecimalNumber(), "1e400", "more digits"),
        (Percentage(), "120", "at most"),
        (Date(), "2025-02-30", "not a date"),
        (Date(), "03/04/2025", "two ways"),
        (Date(), "0001-01-01", "not a date"),
        (DateTime(), "2025-13-45T99:99", "not a"),
        (DateTime(), "0001-01-01T00:00:00+23:59", "not a"),
        (DateTime(), "1000-01-01T00:00:00+23:59", "too far"),
        (Boolean(), "perhaps", "neither"),
        (COLOURS, "green", "not in the list"),
        (Country(), "Philipines", "Philippines"),
        (Currency(), "XXQ", "not in the list"),
        (EmailAddress(), "not an address", "not an e-mail"),
        (EmailAddress(), "a@b@c.example", "not an e-mail"),
        (PhoneNumber(), "12", "not a phone"),
        (WebAddress(), "javascript:alert(1)", "not a web address"),
        (WebAddress(), "ftp://x.example", "not a web address"),
        (VatNumber(), "PT123456780", "no valid VAT"),
    ],
)
def test_a_domain_says_what_to_do_about_the_rest(domain: Domain, raw: str, told: str) -> None:
    with pytest.raises(ValueProblem, match=told):
        domain.parse(raw)


@pytest.mark.parametrize(("language", "shown"), [("en", "12.5%"), ("fr", "12,5\u00a0%"), ("pt", "12,5%")])
def test_a_percentage_is_shown_with_its_sign_and_the_decimals_it_has(language: str, shown: str) -> None:
    with translation.override(language):
        assert Percentage().display(Decimal("12.50")) == shown
        assert Percentage().parse(shown) == Decimal("12.5")
        assert Percentage().display(None) == ""


def test_a_near_miss_is_proposed_never_taken() -> None:
    with pytest.raises(ValueProblem) as refused:
        Country().parse("Philipines")
    assert refused.value.suggestion == "PH"
    assert refused.value.similarity > 90


@pytest.mark.parametrize(("language", "shown"), [("en", "Germany"), ("fr", "Allemagne"), ("pt", "Alemanha")])
def test_standard_lists_speak_the_user_s_language(language: str, shown: str) -> None:
    with translation.override(language):
        assert Country().display("DE") == shown


@settings(max_examples=40, deadline=None)
@given(raw=st.text(max_size=60))
@pytest.mark.parametrize(
    "domain",
    [
        Text(),
        LongText(),
        Integer(),
        DecimalNumber(),
        Amount(),
        Date(),
        DateTime(),
        Boolean(),
        COLOURS,
        INDUSTRIES,
        Country(),
        Currency(),
        Language(),
        EmailAddress(),
        PhoneNumber(),
        WebAddress(),
        VatNumber(),
        Emails(),
        Phones(),
    ],
    ids=lambda domain: type(domain).__name__,
)
def test_any_text_is_either_read_or_refused_with_a_sentence(domain: Domain, raw: str) -> None:
    try:
        value = domain.parse(raw)
    except ValueProblem:
        return
    assert isinstance(domain.display(value), str)
    assert domain.parse(domain.export(value)) == value
