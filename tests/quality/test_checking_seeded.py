"""Thousands of seeded values, right and spoilt: right ones are left alone, proposals are right, safe ones always."""

from collections import Counter

from benchmarks.quality.values import Case, cases
from rapport.quality.checking import Grade, Verdict, check

SAFE = 0.97


def judged(count: int) -> list[tuple[Case, Verdict]]:
    drawn = cases(count=count)
    return [(case, check(case.kind, case.value, country=case.country, choices=case.choices)) for case in drawn]


def normal(case: Case) -> str:
    """The right value in its normal form."""
    return check(case.kind, case.meant, country=case.country, choices=case.choices).proposal or case.meant


def test_q3_proposals_are_right_and_right_values_are_not_called_bad() -> None:
    right: Counter[str] = Counter()
    proposed: Counter[str] = Counter()
    for case, verdict in judged(2_000):
        if case.is_right:
            assert verdict.grade is not Grade.BAD, (case, verdict)
        elif verdict.grade is not Grade.GOOD and verdict.proposal is not None:
            is_right = verdict.proposal in (case.meant, normal(case))
            assert is_right or verdict.confidence < SAFE, (case, verdict)
            proposed[case.kind] += 1
            right[case.kind] += is_right
    for kind in ("email", "phone", "choice"):
        assert right[kind] >= 0.98 * proposed[kind] > 20
