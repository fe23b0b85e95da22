"""Exports of other systems are recognised by their headings, in three languages, and by what their columns hold."""

import pytest

from rapport.core.actors import SYSTEM, acting_as
from rapport.integrations.importing.guessing.guesses import Precedent, guess
from rapport.integrations.importing.guessing.notation import Notation, notation_of, plain_date, plain_number
from rapport.integrations.importing.guessing.order import import_order
from rapport.integrations.importing.guessing.profiles import Kind, profile, profile_columns
from rapport.integrations.importing.similarity import comparable, near_miss, words
from rapport.integrations.importing.targets import importable_types, target_of


def guessed(name: str, headings: str, *rows: str) -> tuple[str, dict[str, str]]:
    columns = headings.split(",")
    profiles = profile_columns(columns, [row.split(",") for row in rows])
    with acting_as(SYSTEM):
        found = guess(name, profiles, [target_of(kind) for kind in importable_types()])
    return found.record_type, found.mapping


@pytest.mark.parametrize(
    ("name", "headings", "record_type", "expected"),
    [
        (
            "accounts.csv",
            "Account ID,Account Name,Industry,Website,Phone,Billing City,Billing Country,Annual Revenue,Employees",
            "organisation",
            {"Account ID": "external_id", "Account Name": "name", "Billing City": "addresses.city"},
        ),
        (
            "all-companies.csv",
            "Record ID,Company name,Company Domain Name,Industry,Number of Employees,City",
            "organisation",
            {"Record ID": "external_id", "Company name": "name", "Number of Employees": "employees"},
        ),
        (
            "contacts.csv",
            "Contact ID,First Name,Last Name,Title,Email,Mobile,Account Name",
            "person",
            {"First Name": "first_name", "Email": "emails", "Mobile": "phones.mobile", "Account Name": "organisation"},
        ),
        (
            "deals.csv",
            "Deal Name,Deal Stage,Amount,Close Date,Deal owner,Associated Company",
            "opportunity",
            {"Deal Name": "name", "Deal Stage": "stage", "Close Date": "expected_close", "Deal owner": "owner"},
        ),
        (
            "entreprises.csv",
            "raison sociale,secteur d'activité,effectif,ville,pays",
            "organisation",
            {"raison sociale": "name", "effectif": "employees", "ville": "addresses.city", "pays": "country"},
        ),
        (
            "contactos.csv",
            "primeiro nome,apelido,correio eletrónico,telemóvel,empresa",
            "person",
            {"primeiro nome": "first_name", "apelido": "last_name", "empresa": "organisation"},
        ),
        ("products.csv", "Product Code,Product Name,List Price", "product", {"Product Code": "code"}),
        ("cases.csv", "Case Number,Subject,Priority,Status,Date/Time Opened", "ticket", {"Subject": "subject"}),
    ],
)
def test_headings_name_type_and_fields(name: str, headings: str, record_type: str, expected: dict[str, str]) -> None:
    found, mapping = guessed(name, headings)
    assert found == record_type
    assert {column: mapping.get(column) for column in expected} == expected


def test_content_tells_a_column_whose_heading_says_nothing() -> None:
    _type, mapping = guessed("contacts.csv", "Last Name,Column7", "Doe,a@x.example", "Roe,b@x.example")
    assert mapping == {"Last Name": "last_name", "Column7": "emails"}


def test_a_heading_can_not_make_a_column_what_it_does_not_hold() -> None:
    _type, mapping = guessed("accounts.csv", "Account Name,Employees", "Acme,many", "Beta,few")
    assert mapping == {"Account Name": "name"}


def test_an_earlier_import_with_the_same_headings_decides() -> None:
    profiles = profile_columns(["a", "b"], [["1", "2"]])
    precedent = Precedent(("a", "b"), "organisation", {"b": "name"})
    found = guess("x.csv", profiles, [target_of("person")], precedents=[precedent])
    assert (found.record_type, found.mapping) == ("organisation", {"b": "name"})


def test_headings_that_say_nothing_are_left_to_the_user() -> None:
    assert guessed("x.csv", "foo,bar", "1,2")[0] == ""


def test_what_others_link_to_comes_first() -> None:
    links = {"opportunity": frozenset({"organisation", "user"}), "user": frozenset({"team"})}
    assert import_order(["opportunity", "user", "organisation", "team"], links) == (3, 1, 2, 0)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "2.5"], Kind.DECIMAL),
        (["1 000", "2 000"], Kind.INTEGER),
        (["31/12/2026", "01/02/2026"], Kind.DATE),
        (["2026-01-02 10:00", "2026-01-03T11:00:00Z"], Kind.DATETIME),
        (["a@x.example", "b@y.example"], Kind.EMAIL),
        (["https://x.example", "www.y.example/z"], Kind.URL),
        (["+351 213 000 000", "+33 1 23 45 67 89"], Kind.PHONE),
        (["oui", "non"], Kind.BOOLEAN),
        (["", " "], Kind.EMPTY),
        (["x" * 200, "y" * 200], Kind.LONG_TEXT),
        (["Lisbon", "Porto", "Faro"], Kind.TEXT),
    ],
)
def test_the_kind_of_a_column(values: list[str], kind: Kind) -> None:
    assert profile("c", values).kind is kind


@pytest.mark.parametrize(
    ("raw", "others", "plain"),
    [
        ("1 234,56", [], "1234.56"),
        ("1,234.56", [], "1234.56"),
        ("1.234", ["1,5"], "1234"),
        ("1.234", ["1.5"], "1.234"),
        ("(1,000.00)", [], "-1000.00"),
        ("€ 12,50", [], "12.50"),
        ("1.234,5.6", [], None),
        ("twelve", [], None),
    ],
)
def test_numbers_are_read_as_their_column_writes_them(raw: str, others: list[str], plain: str | None) -> None:
    assert plain_number(raw, notation_of([raw, *others])) == plain


@pytest.mark.parametrize(
    ("raw", "others", "plain"),
    [
        ("03/04/2026", ["31/12/2026"], "2026-04-03"),
        ("03/04/2026", ["12/31/2026"], "2026-03-04"),
        ("31 déc. 2026", [], "2026-12-31"),
        ("3 de março de 2026", [], "2026-03-03"),
        ("2026-02-30", [], None),
        ("00/00/0000", [], None),
    ],
)
def test_dates_are_read_as_their_column_writes_them(raw: str, others: list[str], plain: str | None) -> None:
    assert plain_date(raw, notation_of([raw, *others])) == plain


def test_an_assumption_is_known_to_be_one() -> None:
    assert notation_of(["03/04/2026"]) == Notation(order_seen=False)
    assert notation_of(["1.234"]) == Notation(decimal_seen=False)


def test_names_compare_without_spelling() -> None:
    assert comparable("GTX Pro") == comparable("gtxpro") == comparable("G-T-X  Pró")
    assert comparable("???") != comparable("!!!")
    assert words("AccountName") == words("account_name") == ("account", "name")


def test_a_near_miss_is_only_proposed_when_it_is_the_only_one() -> None:
    found = near_miss("technolgy", ["Technology", "Retail"])
    assert found is not None
    assert (found.name, found.similarity > 0.9) == ("Technology", True)
    assert near_miss("Station 1", ["Station 2", "Station 3"]) is None
