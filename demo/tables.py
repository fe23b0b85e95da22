"""The company as tables: one per export file, with the headings an older CRM would give them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from demo.business import Line
from demo.company import Company
from demo.offers import RATES, list_price
from demo.organisations import countries
from demo.records import Organisation, Trajectory
from demo.sources import rows

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
    """Teams, users, products, price lists, organisations, people."""
    return [
        Table("teams.csv", "team", [_row(TEAM_HEADINGS, row) for row in rows("company", "teams")]),
        Table("users.csv", "user", list(_users(company))),
        Table("products.csv", "product", list(_products(company))),
        Table("price_lists.csv", "pricelist", list(_prices(company))),
        Table("accounts.csv", "organisation", list(_organisations(company))),
        Table("contacts.csv", "person", list(_people(company))),
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


def lines_text(lines: Iterable[Line]) -> str:
    """Lines in one cell: `12 x NM-VIB-100 @ 149.00 -5%; 1 x …`."""
    return "; ".join(
        f"{line.quantity} x {line.product.code} @ {line.unit_price:.2f}{f' -{line.discount}%' if line.discount else ''}"
        for line in lines
    )


TEAM_HEADINGS = ("Team ID", "Team Name", "Parent Team")


def _row(headings: tuple[str, ...], values: tuple[str, ...]) -> Row:
    return dict(zip(headings, values, strict=True))


def _users(company: Company) -> Iterable[Row]:
    for user in company.users:
        yield {
            "User ID": user.code,
            "First Name": user.first_name,
            "Last Name": user.last_name,
            "Email": user.email,
            "Role": user.role,
            "Team": user.team,
            "Title": user.title,
            "Language": user.language,
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


def _prices(company: Company) -> Iterable[Row]:
    start = date(company.today.year if company.today.month > 1 else company.today.year - 1, 1, 1)
    for currency in RATES:
        for product in company.products:
            yield {
                "Price List": f"{currency} {start.year}",
                "Product Code": product.code,
                "Currency": currency,
                "Unit Price": money(list_price(product, currency=currency)),
                "Valid From": text(start),
            }


def _organisations(company: Company) -> Iterable[Row]:
    names = {market.code: market.name for market in countries()}
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
            "Website": f"https://www.{each.domain}",
            "Email": f"info@{each.domain}",
            "Phone": each.phone,
            "Billing Street": each.street,
            "Billing Postal Code": each.postal_code,
            "Billing City": each.city,
            "Billing Country": names[each.country],
            "VAT Number": each.vat_number,
            "Company Number": each.company_number,
            "Account Owner": each.owner.email,
            "Created Date": text(each.created),
        }


def _kind(organisation: Organisation, *, buyers: set[str]) -> str:
    if organisation.churned_on:
        return "Former customer"
    is_customer = organisation.code in buyers or organisation.trajectory is not Trajectory.PROSPECT
    return "Customer" if is_customer else "Prospect"


def _people(company: Company) -> Iterable[Row]:
    for each in company.people:
        yield {
            "Contact ID": each.code,
            "First Name": each.first_name,
            "Last Name": each.last_name,
            "Job Title": each.title,
            "Account ID": each.organisation.code,
            "Email": each.email,
            "Phone": each.phone,
            "Mobile": each.mobile,
            "Language": each.language,
            "Buying Role": each.buying_role,
            "Contact Owner": each.organisation.owner.email,
            "Started On": text(each.joined_on) if each.moved_from else "",
            "Left On": text(each.left_on),
            "Same Person As": each.moved_from,
        }
