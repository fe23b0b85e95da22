"""Which columns hold what a machine expects, and the panel of the record that gives the reasons."""

from collections.abc import Mapping

from rapport.intelligence.outlooks import of_type as outlooks_of
from rapport.intelligence.predictions import of_type as predictions_of

_WITHOUT_A_PANEL = frozenset({"segments"})


def explained_columns(record_type: str) -> Mapping[str, str]:
    """The names of columns, each with the key of its panel."""
    told = {one.column: "chance" for one in predictions_of(record_type)}
    for one in outlooks_of(record_type):
        if one.name not in _WITHOUT_A_PANEL:
            told |= dict.fromkeys(one.columns, one.name.replace("_", "-"))
    return told
