"""Dirt, planted in known amounts: what years of typing do to a customer file. README.md lists the counts.

Rows that nothing else links to are soiled with faults an import may refuse, so that no clean row loses its link.
"""

from collections.abc import Callable, Mapping, Sequence

from demo.company import Company
from demo.soiler import Rows, Soiler, empty, has, pad
from demo.tables import Row, Table

INDUSTRY_TYPOS = {
    "Manufacturing": "Manufactring",
    "Food and beverages": "Food and bevrages",
    "Chemicals": "chemcials",
    "Packaging": "Packging",
    "Automotive": "Automtive",
    "Metals": "Metlas",
    "Energy": "Enegry",
    "Plastics": "Plastcs",
}
STAGE_TYPOS = {
    "S4 Proposal": "S4 Propsal",
    "S3 Discovery": "S3 Discovry",
    "S5 Negotiation and close": "S5 negotiation and close ",
}


def soil(tables: Sequence[Table], *, company: Company) -> Mapping[str, int]:
    """Plant the dirt and say how often each kind was planted."""
    soiler = Soiler({table.name: table.rows for table in tables}, company=company)
    for plant in (_soil_organisations, _soil_people, _soil_opportunities, _soil_leads, _soil_the_rest):
        plant(soiler)
    return soiler.planted


def _soil_organisations(soiler: Soiler) -> None:
    rows = soiler.on("accounts.csv")
    rows.copy("organisation entered twice", times=4, change=_shout)
    rows.copy("organisation entered twice", times=4, change=_retype)
    rows.plant("VAT number with a wrong digit", times=6, change=_wrong_vat, where=_is_listed_only(rows))
    rows.plant("industry misspelt", times=9, change=_misspell_industry, where=_has_known_industry)
    rows.plant("organisation without industry", times=11, change=empty("Industry"))
    rows.plant("organisation without VAT number", times=22, change=empty("VAT Number"), where=has("VAT Number"))
    rows.plant("spaces around a city", times=7, change=pad("Billing City"))
    rows.plant("organisation without telephone", times=14, change=empty("Phone"))


def _soil_people(soiler: Soiler) -> None:
    rows = soiler.on("contacts.csv")
    rows.copy("person entered twice", times=13, change=_abbreviate, where=_is_placed_by_number(rows))
    rows.plant("mail address that cannot be one", times=5, change=_break_email, where=rows.is_free)
    rows.plant("mail domain misspelt", times=8, change=_misspell_domain, where=rows.is_free)
    rows.plant("person without organisation", times=11, change=empty("Account ID"), where=_is_placed(rows))
    rows.plant("person without mail address", times=24, change=empty("Email"), where=rows.is_free)
    rows.plant("name in capitals", times=9, change=lambda row: row.update({"Last Name": str(row["Last Name"]).upper()}))
    rows.plant("spaces around a name", times=10, change=pad("Last Name"))
    rows.plant("telephone number in another notation", times=12, change=_respell_phone, where=has("Phone"))


def _soil_opportunities(soiler: Soiler) -> None:
    rows = soiler.on("opportunities.csv")
    rows.plant("open opportunity past its close date", times=9, change=soiler.make_overdue, where=_is("Status", "Open"))
    rows.plant("date written day first", times=38, change=_day_first)
    rows.plant("opportunity without amount", times=6, change=soiler.forget_amount, where=_is("Status", "Lost"))
    rows.plant("stage misspelt", times=5, change=_misspell_stage, where=_has_known_stage)
    rows.plant("amount in another notation", times=7, change=_respell_amount)


def _soil_leads(soiler: Soiler) -> None:
    rows = soiler.on("leads.csv")
    rows.copy("lead entered twice", times=6, change=lambda row: row.update(Status="New"), where=_is("Status", "Parked"))
    rows.copy("lead that is spam", times=4, change=soiler.make_spam, where=_is("Status", "Discarded"))
    rows.plant("lead without mail address", times=9, change=empty("Email"), where=_is("Status", "Discarded"))


def _soil_the_rest(soiler: Soiler) -> None:
    tickets, orders = soiler.on("tickets.csv"), soiler.on("orders.csv")
    tickets.plant("ticket without priority", times=7, change=empty("Priority"))
    orders.plant("order whose amount is not the sum of its lines", times=4, change=_miscalculate)
    soiler.on("tasks.csv").plant(
        "task without due date", times=6, change=empty("Due Date"), where=_is("Status", "Open")
    )


def _is_placed(rows: Rows) -> Callable[[Row], bool]:
    return lambda row: rows.is_free(row) and bool(row["Account ID"])


def _is_placed_by_number(rows: Rows) -> Callable[[Row], bool]:
    return lambda row: rows.is_asked_for_by_number(row) and bool(row["Account ID"])


def _is_listed_only(rows: Rows) -> Callable[[Row], bool]:
    return lambda row: rows.is_free(row) and bool(row["VAT Number"])


def _is(heading: str, value: str) -> Callable[[Row], bool]:
    return lambda row: row[heading] == value


def _shout(row: Row) -> None:
    """The same organisation, typed in again by somebody in a hurry."""
    name, _form = str(row["Account Name"]).rsplit(" ", 1)
    row.update({"Account Name": name.upper(), "Parent Account": "", "Website": "", "Company Number": ""})


def _retype(row: Row) -> None:
    """The same organisation from a business card, with two letters swapped and without numbers."""
    name = str(row["Account Name"])
    place = next(place for place in range(2, len(name)) if name[place] != name[place + 1])
    swapped = f"{name[:place]}{name[place + 1]}{name[place]}{name[place + 2 :]}"
    row.update({"Account Name": swapped, "VAT Number": "", "Company Number": ""})
    row.update({"Parent Account": "", "Email": "", "Employees": ""})


def _abbreviate(row: Row) -> None:
    """The same person with an initial and without the mobile number."""
    row.update({"First Name": f"{str(row['First Name'])[0]}.", "Mobile": "", "Other Email": "", "Job Title": ""})


def _wrong_vat(row: Row) -> None:
    number = str(row["VAT Number"])
    place = 6
    row["VAT Number"] = f"{number[:place]}{(int(number[place]) + 1) % 10}{number[place + 1 :]}"


def _has_known_industry(row: Row) -> bool:
    return row["Industry"] in INDUSTRY_TYPOS and row["Type"] == "Prospect"


def _misspell_industry(row: Row) -> None:
    row["Industry"] = INDUSTRY_TYPOS[str(row["Industry"])]


def _has_known_stage(row: Row) -> bool:
    return row["Stage"] in STAGE_TYPOS and row["Status"] == "Lost"


def _misspell_stage(row: Row) -> None:
    row["Stage"] = STAGE_TYPOS[str(row["Stage"])]


def _break_email(row: Row) -> None:
    row["Email"] = str(row["Email"]).replace("@", " at ").replace(".example", ",example")


def _misspell_domain(row: Row) -> None:
    row["Email"] = str(row["Email"]).replace(".example", ".exmaple")


def _respell_phone(row: Row) -> None:
    row["Phone"] = "00" + str(row["Phone"]).removeprefix("+").replace(" ", ".")


def _day_first(row: Row) -> None:
    year, month, day = str(row["Expected Close"]).split("-")
    row["Expected Close"] = f"{day}/{month}/{year}"


def _respell_amount(row: Row) -> None:
    whole, cents = f"{float(str(row['Amount'])):,.2f}".split(".")
    row["Amount"] = f"{whole.replace(',', '.')},{cents}"


def _miscalculate(row: Row) -> None:
    row["Amount"] = f"{float(str(row['Amount'])) + 90:.2f}"
