"""Features that seemed to know the answer, in words: which a version did not learn from, and why."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from rapport.core.labelled import labelled
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


def left_out_in_words(prediction: Prediction, figures: Mapping[str, Any]) -> list[str]:
    """Each feature that a version with these figures left out, with the reason."""
    return [
        labelled(label_of(one["column"], prediction), REASONS.get(one["reason"], one["reason"]))
        for one in figures.get("leakage", [])
    ]


def label_of(name: str, prediction: Prediction) -> str:
    """What a feature is called; its name where it is none of the prediction's any more."""
    feature = prediction.features.get(name)
    return str(feature.label) if feature else name
