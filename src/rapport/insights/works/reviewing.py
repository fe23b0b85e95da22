"""A review: all patterns compared over the whole history, and kept."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rapport.core.clock import now

from ..models import WorksReview
from .cases import cases_of, table_of, usual_days
from .comparing import Effect
from .pattern import all_patterns
from .publishing import Comparison, Outcome, Verdict, compare_all
from .reading import stories

_KEPT = 60


def review() -> WorksReview:
    """Look at all patterns now and keep what was found; older reviews than the last sixty are dropped."""
    moment = now()
    told = stories()
    days = usual_days(told)
    tables = {
        name: table_of(cases_of(told, pattern, now=moment), days=days, now=moment)
        for name, pattern in all_patterns().items()
    }
    found = compare_all(tables)
    kept = WorksReview.objects.create(
        at=moment, opportunities=len(told), days=days, comparisons=[asdict(one) for one in found]
    )
    WorksReview.objects.exclude(pk__in=WorksReview.objects.order_by("-at").values("pk")[:_KEPT]).delete()
    return kept


def comparisons_of(kept: WorksReview) -> list[Comparison]:
    """The comparisons of a review, of patterns that still exist."""
    return [_comparison(row) for row in kept.comparisons if row["pattern"] in all_patterns()]


def newest_review() -> WorksReview | None:
    """The last review; None before the first."""
    return WorksReview.objects.order_by("-at").first()


def _comparison(row: Mapping[str, Any]) -> Comparison:
    effect = Effect(**row["effect"]) if row["effect"] else None
    changed = {"outcome": Outcome(row["outcome"]), "verdict": Verdict(row["verdict"]), "effect": effect}
    return Comparison(**{**row, **changed})
