"""Single values: `check` on five thousand of them."""

from collections import defaultdict

import numpy as np

from benchmarks.quality.measuring import measured, share_of, table
from benchmarks.quality.values import Case, cases
from rapport.quality.checking import Grade, Verdict, check

SAFE = 0.97


def run() -> None:
    """Print the table of verdicts by kind."""
    drawn = cases()
    with measured() as effort:
        verdicts = [check(case.kind, case.value, country=case.country, choices=case.choices) for case in drawn]
    kinds: defaultdict[str, list[tuple[Case, Verdict]]] = defaultdict(list)
    for case, verdict in zip(drawn, verdicts, strict=True):
        kinds[case.kind].append((case, verdict))
    print(f"\n## Single values (`check`; {len(drawn):,} seeded values, {effort})\n")
    head = (
        "kind",
        "right values",
        "of them called bad",
        "spoilt",
        "of them noticed",
        "corrections right",
        "safe wrong",
    )
    print(table(head, [_row(kind, judged) for kind, judged in kinds.items()]))


def _row(kind: str, judged: list[tuple[Case, Verdict]]) -> tuple[object, ...]:
    fine = [verdict for case, verdict in judged if case.is_right]
    spoilt = [(case, verdict) for case, verdict in judged if not case.is_right]
    noticed = [verdict.grade is not Grade.GOOD or verdict.proposal == _normal(case) for case, verdict in spoilt]
    proposed = [(case, verdict) for case, verdict in spoilt if verdict.grade is not Grade.GOOD and verdict.proposal]
    right = np.array([verdict.proposal in (case.meant, _normal(case)) for case, verdict in proposed], dtype=np.int64)
    safe = [verdict.confidence >= SAFE for _case, verdict in proposed]
    wrong = sum(is_safe and not is_right for is_safe, is_right in zip(safe, right, strict=True))
    return (
        *(kind, len(fine), sum(verdict.grade is Grade.BAD for verdict in fine), len(spoilt)),
        share_of(np.array(noticed, dtype=np.int64)),
        f"{share_of(right)} of {len(proposed)}" if proposed else "–",
        f"{wrong} of {sum(safe)}",
    )


def _normal(case: Case) -> str:
    return check(case.kind, case.meant, country=case.country, choices=case.choices).proposal or case.meant
