"""Features that seemed to know the answer, in words: which a version did not learn from, and why."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.core.labelled import labelled
from rapport.intelligence.features.feature import Feature
from rapport.intelligence.features.own import OwnFeature, field_of
from rapport.intelligence.models import Estimator
from rapport.intelligence.predictions.prediction import Prediction

REASONS = {
    "tells the answer by itself": gettext_lazy("tells the answer by itself"),
    "tells far more than any other column": gettext_lazy("tells far more than any other"),
    "is filled almost only where the answer is the same": gettext_lazy(
        "is filled almost only where the answer is the same"
    ),
    "one of its values occurs almost only where the answer is the same": gettext_lazy(
        "one of its values occurs almost only where the answer is the same"
    ),
    "was worked out from the answers of the rows": gettext_lazy("was worked out from the answers"),
    "its name speaks of how a case went on or ended": gettext_lazy("its name speaks of how a case went on or ended"),
    "is a judgement that was given to some cases only, perhaps later": gettext_lazy(
        "is a judgement that was given to some cases only, perhaps later"
    ),
    "is numbered like another one that is suspected": gettext_lazy("is numbered like another one that is suspected"),
}
"""What `tabular.leakage` says of a column, in the words of pages."""
_OWN = "own_fields"


def left_out_in_words(prediction: Prediction, figures: Mapping[str, Any]) -> list[str]:
    """Each feature that a version with these figures left out, with the reason."""
    suspected = [
        labelled(label_of(one["column"], prediction), REASONS.get(one["reason"], one["reason"]))
        for one in figures.get("leakage", [])
    ]
    own = [
        labelled(label_of(f"{one['key']}__{one['kind']}", prediction, otherwise=one["label"]), _(one["reason"]))
        for one in figures.get(_OWN, {}).get("left_out", [])
    ]
    return [*suspected, *own]


def features_of(prediction: Prediction, estimator: Estimator | None) -> list[Feature]:
    """What a prediction looks at: its own features, and the own fields that the version learned with."""
    learned = [OwnFeature(**one) for one in (estimator.figures if estimator else {}).get(_OWN, {}).get("learned", [])]
    return [*prediction.features.values(), *(one.as_feature() for one in learned)]


def label_of(name: str, prediction: Prediction, *, otherwise: str = "") -> str:
    """What a feature is called; its name, or another one, where it is none of the prediction's any more."""
    known = prediction.features.get(name) or field_of(prediction.record_type, name)
    return str(known.label) if known else otherwise or name
