"""The public tables with a yes or no to foresee, and what is known of them."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rapport.intelligence.tabular import Column, TimeOrder, columns_of, target_of
from rapport.intelligence.written import days_of, numbers_of

Texts = Mapping[str, list[str | None]]


@dataclass(frozen=True)
class Named:
    """Where a table is, what is foreseen, what must not be known, and the figure to beat, as published or tried."""

    name: str
    path: str
    target: str
    positive: str
    date: str = ""
    left_out: tuple[str, ...] = ()
    published: str = ""
    days_until_known: int = 0
    """After how many days an answer counts as known; 0 where the table holds no dates of a calendar."""


TABLES = (
    Named(
        "x_education",
        "x_education_leads/Leads.csv",
        "Converted",
        "1",
        "Lead Number",
        published="CatBoost CV .881, time .886",
    ),
    Named(
        "olist",
        "olist_marketing_funnel",
        "won",
        "1",
        "first_contact_date",
        published="EBM time .692",
        days_until_known=90,
    ),
    Named(
        "telco",
        "telco_churn_ibm/WA_Fn-UseC_-Telco-Customer-Churn.csv",
        "Churn",
        "Yes",
        published="mean of three CV .850",
    ),
    Named(
        "maven",
        "maven_crm_opportunities/sales_pipeline.csv",
        "deal_stage",
        "Won",
        "engage_date",
        ("close_value", "close_date"),
        "no signal: .47–.56",
        days_until_known=90,
    ),
    Named(
        "sf",
        "sf_opportunities_anon/preprocessed_opportunities.csv",
        "IsWon",
        "1",
        "CreatedDate",
        ("Id",),
        "LightGBM CV .939, time .900",
    ),
)


@dataclass(frozen=True)
class Cases:
    """A table read: columns to learn from, answers, and the order in time where there is one."""

    columns: tuple[Column, ...]
    yes: npt.NDArray[np.bool_]
    order: TimeOrder | None
    days: npt.NDArray[np.float64] | None = None
    """The date of each row in days, where there is a calendar."""

    def of(self, rows: npt.NDArray[np.intp]) -> list[Column]:
        """Some rows."""
        return [column.rows(rows) for column in self.columns]


def read(named: Named, folder: Path) -> Cases:
    """Raises `OSError` where the table isn't there."""
    texts = _olist(folder / named.path) if named.name == "olist" else _texts(folder / named.path)
    target = target_of(named.target, texts[named.target], positive=named.positive)
    known = target.known.copy()
    if named.name == "maven":
        known = np.array([text in {"Won", "Lost"} for text in texts[named.target]])
    rows = np.flatnonzero(known).tolist()
    kept = {name: [column[row] for row in rows] for name, column in texts.items()}
    left_out = {named.target, named.date, *named.left_out}
    columns = columns_of({name: column for name, column in kept.items() if name not in left_out})
    order = _order(kept[named.date]) if named.date else None
    days = days_of(kept[named.date]) if named.days_until_known else None
    return Cases(tuple(columns), target.yes[known], order, days)


def _order(texts: list[str | None]) -> TimeOrder:
    days, numbers = days_of(texts), numbers_of(texts)
    return TimeOrder(np.argsort(numbers if np.isnan(days).mean() > np.isnan(numbers).mean() else days, kind="stable"))


def _texts(path: Path) -> Texts:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return {name: [row[place] if place < len(row) else None for row in rows[1:]] for place, name in enumerate(rows[0])}


def _olist(folder: Path) -> Texts:
    leads = _texts(folder / "olist_marketing_qualified_leads_dataset.csv")
    won = set(_texts(folder / "olist_closed_deals_dataset.csv")["mql_id"])
    return {**leads, "won": ["1" if lead in won else "0" for lead in leads["mql_id"]]}
