"""People whose first and last name stand in each other's place, as their address tells, or the names themselves."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Dimension, Found, Judged, Severity
from rapport.quality.swapping import swapped


def _swapped(values: Mapping[str, Any]) -> Iterator[Found]:
    first, last = (str(values.get(name) or "") for name in ("first_name", "last_name"))
    sure = swapped(first, last, [str(entry.get("value", "")) for entry in values.get("emails") or ()])
    if sure:
        yield Found("first_name", last, sure)
        yield Found("last_name", first, sure)


RULE = Judged(
    label=_("First and last name swapped"),
    meaning=_(
        "The e-mail address has the names the other way round, or the first name is a family name and the last "
        "name a given one. Take both corrections, or dismiss them."
    ),
    dimension=Dimension.CONSISTENCY,
    severity=Severity.LOW,
    minutes=1,
    record_type="person",
    fields=("first_name", "last_name"),
    needs=("emails", "first_name", "last_name"),
    judge=_swapped,
    is_told_on_import=True,
    bad=(
        {"first_name": "Bell", "last_name": "Ann", "emails": [{"kind": "work", "value": "ann.bell@acme.com"}]},
        {"first_name": "Ferreira", "last_name": "Joana"},
    ),
    good=(
        {"first_name": "Ann", "last_name": "Bell", "emails": [{"kind": "work", "value": "ann.bell@acme.com"}]},
        {"first_name": "Martin", "last_name": "Simon"},
    ),
)
