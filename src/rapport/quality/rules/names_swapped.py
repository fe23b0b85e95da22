"""People whose first and last name stand in each other's place, as their address tells."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.core.search import normalise
from rapport.quality.ruling import Dimension, Found, Judged, Severity

_SURE = 0.93


def _swapped(values: Mapping[str, Any]) -> Iterator[Found]:
    """Where the address reads `first.last` with the two names the other way round."""
    first, last = (normalise(str(values.get(name) or "")).replace(" ", "") for name in ("first_name", "last_name"))
    if not first or not last or first == last:
        return
    locals_ = {str(entry.get("value", "")).partition("@")[0].lower() for entry in values.get("emails") or ()}
    if f"{last}.{first}" in locals_ and f"{first}.{last}" not in locals_:
        yield Found("first_name", values["last_name"], _SURE)
        yield Found("last_name", values["first_name"], _SURE)


RULE = Judged(
    label=_("First and last name swapped"),
    meaning=_("The e-mail address has the names the other way round. Take both corrections, or dismiss them."),
    dimension=Dimension.CONSISTENCY,
    severity=Severity.LOW,
    minutes=1,
    record_type="person",
    fields=("first_name", "last_name"),
    needs=("emails", "first_name", "last_name"),
    judge=_swapped,
    bad=({"first_name": "Bell", "last_name": "Ann", "emails": [{"kind": "work", "value": "ann.bell@acme.com"}]},),
    good=({"first_name": "Ann", "last_name": "Bell", "emails": [{"kind": "work", "value": "ann.bell@acme.com"}]},),
)
