"""What went wrong in past opportunities like one that is only being entered: the same as `deal_risks` tells later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ..models import Estimator
from .deal_risks import OUTLOOK, Guide, ways_in
from .learning import what_was_kept

if TYPE_CHECKING:
    from .past_deals import Facts


@dataclass(frozen=True)
class Ahead:
    """As `deal_risks` tells it: `of` how many similar ones, how many of them were `lost`, each risk with its cases."""

    of: int
    lost: int
    risks: Sequence[Mapping[str, Any]]
    version: int


def risks_ahead(facts: "Facts") -> Ahead | None:
    """The risks of the most similar past ones; None where no version is live: too few past ones, or no guide."""
    live = Estimator.live_of(OUTLOOK.name)
    if live is None:
        return None
    found = _guide(live.pk).risks_for(facts)
    return Ahead(found["of"], found["lost"], found["risks"], live.version)


@lru_cache(maxsize=2)
def _guide(estimator_id: UUID) -> Guide:
    from .past_deals import deal_from

    kept = what_was_kept(estimator_id)
    return Guide([deal_from(one) for one in kept["deals"]], ways_in(kept))
