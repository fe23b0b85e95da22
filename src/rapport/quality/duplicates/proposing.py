"""Mergers that the machine proposes: groups all of whose pairs are sure, after each search."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop, override

from rapport.core.actors import SYSTEM
from rapport.oversight.machine import Evidence, Grounds, RunUnderWay, Stopped, acting_as_machine, propose

from .review import Group, sure_groups
from .tables import COMPARED

ACTION = "quality.merge"
ESTIMATOR = "duplicates.weights/1"
_CAP = 500
_WHY = gettext_noop("Both records agree in what tells most: %(fields)s.")


def propose_sure_mergers(record_type: str) -> int:
    """Propose to merge what is sure, or do so where its level allows; returns how many groups there were."""
    found = sure_groups(SYSTEM, record_type)
    if not found:
        return 0
    try:
        with acting_as_machine(ACTION, cap=_CAP, purpose=gettext_noop("sure duplicates")) as run:
            for group in found:
                _propose(run, group)
    except Stopped:
        return 0
    return len(found)


def _propose(run: RunUnderWay, group: Group) -> None:
    """Each of the others into the one that tells most."""
    stays = group.stays
    for gone in (record for record in group.records if record.pk != stays.pk):
        pair = next((one for one in group.pairs if {one.left_id, one.right_id} == {gone.pk, stays.pk}), None)
        if pair is None:
            continue
        telling = sorted(pair.evidence, key=lambda key: -pair.evidence[key])[:3]
        grounds = Grounds(
            evidence=[Evidence(gone), Evidence(stays)],
            confidence=round(pair.probability, 4),
            estimator=ESTIMATOR,
            why=_WHY,
            words={"fields": _labels(gone.record_type, telling)},
        )
        propose(run, grounds, gone.merge_into, other=stays)  # type: ignore[attr-defined]


def _labels(record_type: str, keys: Sequence[str]) -> str:
    """What the columns are called, in English: whoever shows them translates them."""
    labels = {column.key: column.label for column in COMPARED[record_type]}
    with override("en"):
        return ", ".join(str(labels[key]) for key in keys)
