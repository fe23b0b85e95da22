"""Opportunities and their stages in imports."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from rapport.core.problems import Problem
from rapport.integrations.importing.kinds.kind import Kind, Offer, Values, register
from rapport.pipeline.models import Pipeline, Stage, StageKind

_CLOSED = ("won", "lost")


def _close(values: Values) -> Mapping[str, str]:
    """A closed opportunity with one close date was closed on that day; an unopened one is as old as its import."""
    concluded: dict[str, str] = {}
    if values.get("status") in _CLOSED and values.get("expected_close") and not values.get("closed_on"):
        values["closed_on"] = values["expected_close"]
        concluded["closed_on"] = _("Won and lost opportunities were closed on their close date.")
    return concluded


def _stage(offer: Offer) -> Values:
    """A stage of the default pipeline, after the other stages in which we sell."""
    pipeline = Pipeline.objects.order_by("-is_default", "position", "id").first()
    if pipeline is None:
        raise Problem(_("There is no pipeline for the new stage. Add one in the settings."))
    selling = Stage.objects.filter(pipeline=pipeline, kind=StageKind.SELLING).order_by("-position")
    last = selling.values_list("position", flat=True).first() or 0
    return {
        "pipeline_id": pipeline.pk,
        "name": offer.name[:80],
        "position": last,
        "probability": _probability(offer),
    }


def _probability(offer: Offer) -> int:
    """Nobody knows yet how probable a sale is in a new stage: they are spread evenly, first seen least probable."""
    return round(100 * offer.place / (offer.among + 1))


def _tell_stage(offer: Offer) -> str:
    told = {"share": _probability(offer)}
    return (
        _("It got a usual probability of %(share)s%%, by the order of appearance. Correct it in the settings.") % told
    )


register(
    Kind(
        "opportunity",
        also={"stage": "status"},
        adjust=_close,
        title_made_from=("organisation", "product"),
    )
)
register(Kind("stage", offer=_stage, tell_offer=_tell_stage))
register(Kind("pipeline", identities=("name",)))
register(Kind("opportunityline", title_field=""))
register(Kind("stagevisit", title_field=""))
