"""From suspicions to findings: which cells to look at, why, and what was probably meant."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .inspection import Inspection, Likelihoods
from .suspicion import Suspicion

LIKELY = 0.5
_NEARLY_CERTAIN = 0.8
_WORTH_PROPOSING = 0.65
_SAFE = 0.97


@dataclass(frozen=True)
class Finding:
    """One cell that is probably wrong.

    `row` counts from 0. `likelihood` is that of an error, `confidence` that of the proposal, or of the error where
    there is no proposal (None; "" proposes to empty the cell). A safe proposal has two signs that agree and
    nothing that speaks for the value; it may be applied without asking as long as it can be undone.
    """

    row: int
    column: str
    value: str
    verdict: str
    reason: str
    likelihood: float
    proposal: str | None
    confidence: float
    is_safe: bool


def findings_of(inspection: Inspection, likelihoods: Sequence[Likelihoods]) -> list[Finding]:
    """All cells that are more likely wrong than right, row by row; likelihoods by column."""
    found = [
        _finding(inspection, int(row), place, float(likelihoods[place][row]))
        for place in range(len(inspection.grid.columns))
        for row in np.flatnonzero(likelihoods[place] >= LIKELY)
    ]
    order = {column.name: place for place, column in enumerate(inspection.grid.columns)}
    return sorted(found, key=lambda finding: (finding.row, order[finding.column]))


def _finding(inspection: Inspection, row: int, place: int, likelihood: float) -> Finding:
    column = inspection.grid.columns[place]
    value = column.values[column.codes[row]]
    reasons = inspection.suspicions_of(row, place)
    meant = proposal_of(reasons, value)
    confidence = min(0.99, likelihood) if meant is None else meant.confidence
    return Finding(
        row=row,
        column=column.name,
        value=value,
        verdict="bad" if likelihood >= _NEARLY_CERTAIN else "doubtful",
        reason=" ".join(dict.fromkeys(reason.reason for reason in reasons[:2]))
        or "Cells like it were marked as wrong.",
        likelihood=round(likelihood, 3),
        proposal=None if meant is None else meant.proposal,
        confidence=round(confidence, 3),
        is_safe=meant is not None
        and meant.is_safe
        and likelihood >= _NEARLY_CERTAIN
        and not inspection.confirms(row, place, but=meant.proposal),
    )


@dataclass(frozen=True)
class Proposal:
    """What was probably meant."""

    proposal: str
    confidence: float
    is_safe: bool


def proposal_of(reasons: Sequence[Suspicion], value: str) -> Proposal | None:
    """The text that most speaks for, if it is worth proposing."""
    doubts: defaultdict[str, float] = defaultdict(lambda: 1.0)
    votes: defaultdict[str, int] = defaultdict(int)
    for reason in reasons:
        if reason.proposal is not None and reason.proposal != value:
            doubts[reason.proposal] *= 1 - reason.confidence
            votes[reason.proposal] += 1
    if not doubts:
        return None
    meant = min(doubts, key=lambda text: doubts[text])
    others = [1 - doubt for text, doubt in doubts.items() if text != meant]
    confidence = (1 - doubts[meant]) * (1 - 0.5 * max(others, default=0.0))
    if confidence < _WORTH_PROPOSING:
        return None
    return Proposal(meant, min(0.99, confidence), is_safe=votes[meant] > 1 and confidence >= _SAFE)
