"""The slow stays behind a figure: which opportunities stayed longer in a stage than three of four."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from rapport.core.actors import Actor

from .stays import Limits, Scope, slow_visits


def slow_stays(actor: Actor, bounds: Limits, *, among: Q, until: datetime) -> QuerySet[Any]:
    """Those of opportunities that the actor sees, as they were at a moment, the longest first.

    `among` are conditions on opportunities. Each has `lasted`, and `allowed`: what three of four stays in its stage do
    not pass.
    """
    rows: QuerySet[Any] = slow_visits(Scope(actor, among), bounds, until=until)
    return rows.select_related("opportunity", "stage").order_by("-lasted", "pk")
