"""What a feature is: its name, its words and its unit; groups of them are worked out by one function."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from ..tone.aspects import Aspect
from .sources import Source

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from .point import Point

Label = str | Promise


class Unit(StrEnum):
    """How a value is said; a day is told as how many days ahead it lies, or behind where it is negative."""

    DAYS = "days"
    DAY = "day"
    COUNT = "count"
    MONEY = "money"
    MARK = "mark"
    YES_NO = "yes_no"
    TEXT = "text"


@dataclass(frozen=True)
class Feature:
    """One thing told of a case.

    `rests_on` names the fields it tells of ("opportunity.amount"): who may not see one gets no score that rests on it.
    `lever` is what could be done about it, with the change it would make ("One more meeting", +1); none where nothing
    could. `worded_by` is the field that says the words of a category, as "organisation.industry". `aspect` is what
    texts spoke of where it counts such texts: their words can be quoted.
    """

    name: str
    label: Label
    unit: Unit
    rests_on: tuple[str, ...] = ()
    lever: Label = ""
    step: float = 0.0
    worded_by: str = ""
    aspect: Aspect | None = None

    @property
    def is_text(self) -> bool:
        """Whether it is a category."""
        return self.unit is Unit.TEXT


@dataclass(frozen=True)
class Group:
    """Features worked out together: `compute` gives a table with the column `case` and one column each."""

    name: str
    features: tuple[Feature, ...]
    sources: tuple[Source, ...]
    compute: "Callable[[Point], Table]"


def by_name(groups: tuple[Group, ...]) -> Mapping[str, Feature]:
    """The features of groups, in their order."""
    return {feature.name: feature for group in groups for feature in group.features}
