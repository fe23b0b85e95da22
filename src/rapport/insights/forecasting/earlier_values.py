"""Pieces of SQL for how records stood at an earlier moment, from what was changed since."""

from decimal import Decimal

from rapport.catalog.queries import current_rates


def value_before(name: str, column: str) -> str:
    """The value before the first change that touched a field, and whether any did; of rows grouped by record."""
    held = f"(array_agg(before->>'{name}' ORDER BY id) FILTER (WHERE before ? '{name}'))[1] AS {column}"
    return f"{held}, bool_or(COALESCE(before, '{{}}'::jsonb) ? '{name}') AS has_{column}"


def value_then(name: str, column: str, kind: str) -> str:
    """That value where there is one (`e`), else the present one (`p`)."""
    return f"CASE WHEN e.has_{column} THEN e.{column}::{kind} ELSE p.{name} END AS {column}"


def codes_and_rates() -> tuple[list[str], list[Decimal]]:
    """Currencies and what each is worth in the base currency, which goes without a code too."""
    rates = current_rates()
    known = {"": Decimal(1), **rates.by_code, rates.base: Decimal(1)}
    return list(known), list(known.values())
