"""What activities plug into the layers below: the timeline follows every write, activities stand on it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from rapport.core.merging.links import ALSO_MOVED
from rapport.core.projections import PROJECTIONS, Projection
from rapport.directory.models import Organisation, Person
from rapport.governance.own.types import OWN_TYPE_GONE, OWN_TYPE_HOOKS
from rapport.identity.models.sharing import WHEN_SHARED
from rapport.oversight.listeners import ALARM_RUNG, DRILL_FAILED, QUESTION_ASKED

from .about import carries_no_timeline, carries_timeline, subjects
from .models import ACTIVITY_TYPES, Activity
from .notices import tell_of_alarm, tell_of_failed_drill, tell_of_question, tell_of_share
from .placing import Place, appears_on_timelines, displace, linked_subjects, place
from .relinking import follow_merger


def register() -> None:
    """Done once, when Django is ready."""
    PROJECTIONS.append(Projection(place, displace))
    WHEN_SHARED.append(tell_of_share)
    DRILL_FAILED.append(tell_of_failed_drill)
    ALARM_RUNG.append(tell_of_alarm)
    QUESTION_ASKED.append(tell_of_question)
    ALSO_MOVED.append(follow_merger)
    for model in ACTIVITY_TYPES:
        appears_on_timelines(model.record_type, partial(_place_of, model))
    carries_timeline(Organisation.record_type)
    OWN_TYPE_HOOKS.append(carries_timeline)
    OWN_TYPE_GONE.append(carries_no_timeline)
    carries_timeline(Person.record_type, also_about=linked_subjects(Person, "organisation"))


def _place_of(model: type[Activity], values: Mapping[str, Any]) -> Place | None:
    return Place(model.placed_at(values), subjects(values["about"])) if values.get("about") else None
