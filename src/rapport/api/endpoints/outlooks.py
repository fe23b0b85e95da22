"""What is expected of a record: figures with their intervals, dates, risks and offers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from rapport.intelligence.models import Expectation
from rapport.intelligence.outlooks import of_type
from rapport.intelligence.outlooks.reading import expectations_of

from ..calls import Call, as_json
from ..parameters import Parameters
from ..problems import not_found
from ..values import write_moment
from .finding import collection_for, record_for

_OTHERS = ("cases", "because")


def outlooks_of(call: Call, collection: str, record_id: UUID) -> HttpResponse:
    """What each outlook says of the record, as far as the caller may see what it rests on."""
    found = collection_for(call.actor, collection)
    record_type = found.entry.record_type
    if not of_type(record_type):
        raise not_found()
    Parameters(call.request, known=())
    record = record_for(call.actor, found, record_id)
    told = expectations_of(record_type, record.pk, call.actor)
    return as_json({"items": [_told(one) for one in told]})


def _told(one: Expectation) -> dict[str, Any]:
    return {
        "outlook": one.outlook,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "withheld": one.withheld,
        "detail": _without_records(one.detail),
        "version": one.estimator.version if one.estimator else None,
        "as_of": write_moment(one.as_of),
    }


def _without_records(detail: Any) -> Any:
    """Other records that it rests on stand under `cases` and `because`; the pages show those that one may see."""
    if isinstance(detail, dict):
        return {name: _without_records(each) for name, each in detail.items() if name not in _OTHERS}
    return [_without_records(each) for each in detail] if isinstance(detail, list) else detail
