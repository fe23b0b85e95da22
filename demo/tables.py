"""The company as tables: one per export file, with the headings an older CRM would give them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from demo.company import Company
from demo.offers import RATES, list_price
from demo.records import Organisation, Trajectory
from demo.sources import entries, rows
from demo.wording import month_text
from demo.workdays import months_later

Value = str | int | float | list[str]
Row = dict[str, Value]


@dataclass(frozen=True)
class Table:
    """A file to be: its name, the record type in it, and its rows (text as it will stand in the file)."""

    name: str
    record_type: str
    rows: list[Row]
    mapping: Mapping[str, str] = field(default_factory=dict)


def master_tables(company: Company) -> list[Table]:
    """Teams, users, products, price lists, organisations, people, market sizes."""
    return [
        Table("teams.csv", "team", [_row(TEAM_HEADINGS, row) for row in rows("company", "teams")]),
        Table("users.csv", "user", list(_users(company))),
        Table("products.csv", "product", list(_products(company))),
        Table("price_lists.csv", "pricelist", list(_price_lists(company))),
        Table("prices.csv", "price", list(_prices(company))),
        Table("accounts.csv", "organisation", list(_organisations(company)), {"Billing Street": "addresses.street"}),
        Table("contacts.csv", "person", list(_people(company))),
        Table("former_positions.csv", "affiliation", list(_former_positions(company))),
        Table("market_sizes.csv", "marketsize", list(_market_sizes(company.today))),
    ]


def text(value: date | datetime | float | int | str | None) -> str:
    """A value as the old system wrote it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def money(amount: float) -> str:
    """An amount with two decimals."""
    return f"{amount:.2f}"


TEAM_HEADINGS = ("Team ID", "Team Name", "Parent Team")


def _row(headings: tuple[str, ...], values: tuple[str, ...]) -> Row:
    return dict(zip(headings, values, strict=True))


def _users(company: Company) -> Iterable[Row]:
    for user in company.users:
        yield {
            "User ID": user.code,
            "Name": user.name,
            "Email": user.email,
            "Role": user.role,
            "Team": user.team,
            "Manager": user.manager,
            "Job Title": user.title,
            "Language": user.language,
            "Time Zone": user.time_zone,
        }


def _products(company: Company) -> Iterable[Row]:
    for product in company.products:
        yield {
            "Product Code": product.code,
            "Product Name": product.name,
            "Product Family": product.family,
            "Description": product.description,
            "Unit": product.unit,
            "List Price": money(product.price),
            "Currency": "EUR",
            "Active": "No" if "retired" in product.name else "Yes",
        }


def _price_lists(company: Company) -> Iterable[Row]:
    year = _price_year(company.today)
    for currency in RATES:
        yield {"Price List": f"{currency} {year}", "Currency": currency, "Valid From": f"{year}-01-01"}


def _prices(company: Company) -> Iterable[Row]:
    for currency in RATES:
        for product in company.products:
            yield {
                "Price List": f"{currency} {_price_year(company.today)}",
                "Product Code": product.code,
                "Unit Price": money(list_price(product, currency=currency)),
            }


def _price_year(today: date) -> int:
    """New lists come out in January, and nothing may begin today."""
    return today.year if today.month > 1 else today.year - 1


def _organisations(company: Company) -> Iterable[Row]:
    buyers = {order.organisation.code for order in company.orders}
    for each in company.organisations:
        yield {
            "Account ID": each.code,
            "Account Name": each.name,
            "Parent Account": each.parent,
            "Type": _kind(each, buyers=buyers),
            "Industry": each.industry,
            "Employees": text(each.employees),
            "Annual Revenue": text(each.revenue),
            "Currency": each.currency,
            **_whereabouts(each),
            "VAT Number": each.vat_number,
            "Company Number": each.company_number,
            "Account Owner": each.owner.email,
            **_supplier(each, company=company),
        }


def _whereabouts(each: Organisation) -> Row:
    return {
        "Website": f"https://www.{each.domain}",
        "Email": f"info@{each.domain}",
        "Phone": each.phone,
        "Billing Street": each.street,
        "Billing Postal Code": each.postal_code,
        "Billing City": each.city,
        "Billing Country": each.market.name,
    }


def _supplier(organisation: Organisation, *, company: Company) -> Row:
    """What is known of a prospect's present supplier."""
    chance = company.chance.stream(f"hearsay {organisation.code}")
    if organisation.trajectory is not Trajectory.PROSPECT or not chance.happens(0.4):
        return {"Current Supplier": "", "Supplier Contract Until": "", "Description": ""}
    ends_on = months_later(company.today, months=chance.whole(1, 26))
    supplier = chance.pick(entries("company", "competitors"))
    told = f"Works with {supplier}; contract until {month_text(ends_on, 'en')} {ends_on.year}."
    return {"Current Supplier": supplier, "Supplier Contract Until": text(ends_on), "Description": told}


def _kind(organisation: Organisation, *, buyers: set[str]) -> str:
    if organisation.churned_on:
        return "Former customer"
    is_customer = organisation.code in buyers or organisation.trajectory is not Trajectory.PROSPECT
    return "Customer" if is_customer else "Prospect"


def _people(company: Company) -> Iterable[Row]:
    """One row per person, with the latest position; who has left and is nowhere known has no account."""
    former = {each.code: each for each in company.people if each.left_on}
    for each in {each.code: each for each in company.people}.values():
        earlier = former.get(each.code)
        yield {
            "Contact ID": each.code,
            "First Name": each.first_name,
            "Last Name": each.last_name,
            "Job Title": each.title,
            "Account ID": "" if each.left_on else each.organisation.code,
            "Email": each.email,
            "Other Email": earlier.email if earlier and earlier is not each else "",
            "Phone": each.phone,
            "Mobile": each.mobile,
            "Language": each.language,
            "Buying Role": each.buying_role,
            "Contact Owner": each.organisation.owner.email,
        }


def _former_positions(company: Company) -> Iterable[Row]:
    for each in company.people:
        if each.left_on:
            yield {
                "Contact ID": each.code,
                "Account ID": each.organisation.code,
                "Role": each.title,
                "Since": text(each.joined_on),
                "Until": text(each.left_on),
            }


def _market_sizes(today: date) -> Iterable[Row]:
    """Of the last two years that are over."""
    for industry, country, size, growth in rows("market_sizes", "market_sizes"):
        for years in range(2):
            yield {
                "Industry": industry,
                "Country": country,
                "Year": today.year - 2 + years,
                "Market Size": money(float(size) * (1 + float(growth)) ** years),
                "Currency": "EUR",
                "Source": "Northmere's own estimate",
            }
