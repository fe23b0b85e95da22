"""The tallies: open findings counted by rule, owner, team and source, changed by what was added and taken away."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import connection

from ..models import Finding, FindingState, Tally

_KEYS = ("rule", "record_type", "owner_id", "team_id", "source")
_ADD = """
INSERT INTO quality_tally AS old (rule, record_type, owner_id, team_id, source, open, at_stake)
SELECT * FROM unnest(%s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::text[], %s::int[], %s::numeric[])
ON CONFLICT (rule, record_type, owner_id, team_id, source) DO UPDATE
SET open = old.open + excluded.open, at_stake = old.at_stake + excluded.at_stake
"""
_RECOUNT = """
INSERT INTO quality_tally (rule, record_type, owner_id, team_id, source, open, at_stake)
SELECT rule, record_type, owner_id, team_id, source, count(*), sum(at_stake)
FROM quality_finding WHERE state = 'open' GROUP BY 1, 2, 3, 4, 5
"""


def count_changes(*, before: Iterable[Finding], after: Iterable[Finding]) -> None:
    """Take away what was open before, add what is open now."""
    counts: dict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [0, Decimal(0)])
    for sign, findings in ((-1, before), (1, after)):
        for one in findings:
            if one.state == FindingState.OPEN:
                tally = counts[tuple(getattr(one, name) for name in _KEYS)]
                tally[0] += sign
                tally[1] += sign * Decimal(one.at_stake)
    changed = [(*key, *tally) for key, tally in counts.items() if tally[0] or tally[1]]
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [list(column) for column in zip(*changed, strict=True)])
            cursor.execute("DELETE FROM quality_tally WHERE open = 0")


def recount() -> None:
    """Count everything again, in one transaction with whoever calls."""
    Tally.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT)
