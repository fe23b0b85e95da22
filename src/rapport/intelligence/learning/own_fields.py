"""Own fields in learning: which are offered to a new version, which it took, and what is left of them since."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from django.db import connection
from django.utils.translation import gettext_noop

from rapport.core.records import RECORD_TYPES
from rapport.governance.models import OwnField
from rapport.identity.models import FieldRight, FieldRule
from rapport.intelligence.tabular import ColumnKind

from ..features.own import UNITS, OwnFeature
from ..models import Estimator
from ..predictions.prediction import Prediction
from .artefact import Artefact, load
from .past import Past

_MOST = 40
_FEWEST = 30
SELDOM = gettext_noop("too few past cases had a value at their time, or all the same")
HIDDEN = gettext_noop("hidden from some: else the chance would be hidden from them, too")
MANY = gettext_noop("40 others are filled in more often")


@dataclass(frozen=True)
class Offer:
    """The own fields to learn with, and those left out, each with the reason."""

    own: tuple[OwnFeature, ...] = ()
    left_out: tuple[tuple[OwnFeature, str], ...] = ()

    def as_figures(self, past: Past, artefact: Artefact | None) -> dict[str, Any]:
        """As a version tells of them: what was offered, what it learned with, and what was left out and why."""
        used = set(artefact.features) if artefact else set()
        constant = {column.name for column in past.columns if column.kind is ColumnKind.CONSTANT}
        left_out = [*self.left_out, *((one, SELDOM) for one in self.own if one.name in constant)]
        return {
            "offered": [one.name for one in self.own],
            "learned": [as_stored(one) for one in self.own if one.name in used],
            "left_out": [{**as_stored(one), "reason": reason} for one, reason in left_out],
        }


def offer_of(prediction: Prediction) -> Offer:
    """Those that there are now; none asks nothing more of the database."""
    found = [_feature(own) for own in _known(prediction.record_type)]
    if not found:
        return Offer()
    hidden = _hidden(prediction.record_type)
    seen = [one for one in found if one.key not in hidden]
    filled = _filled(prediction.record_type, seen)
    often = sorted((one for one in seen if filled[one.key] >= _FEWEST), key=lambda one: (-filled[one.key], one.key))
    return Offer(
        tuple(sorted(often[:_MOST], key=lambda one: one.key)),
        (
            *((one, HIDDEN) for one in found if one.key in hidden),
            *((one, SELDOM) for one in seen if filled[one.key] < _FEWEST),
            *((one, MANY) for one in often[_MOST:]),
        ),
    )


def told_often(past: Past) -> Past:
    """The same, without what fewer than 30 cases tell of an own field: as if it told nothing."""
    own = {one.name for one in past.own}
    columns = (
        replace(column, kind=ColumnKind.CONSTANT)
        if column.name in own and np.count_nonzero(~column.missing) < _FEWEST
        else column
        for column in past.columns
    )
    return replace(past, columns=tuple(columns))


def as_they_are(own: Sequence[OwnFeature], used: Iterable[str]) -> tuple[OwnFeature, ...]:
    """Own fields that something was learned with: those that are another kind of field now, or none, are not read, nor
    are those whose features aren't `used`."""
    if not own:
        return ()
    now = {(one.for_type, one.key, one.kind, one.currency) for one in _known(own[0].record_type)}
    wanted = set(used)
    return tuple(
        replace(one, is_read=one.name in wanted and (one.record_type, one.key, one.kind, one.currency) in now)
        for one in own
    )


def asked_with(prediction: Prediction, *artefacts: Artefact) -> Prediction:
    """The prediction with the own fields that these learned with, as they are now."""
    own = {one.name: one for artefact in artefacts for one in artefact.own}
    used = {name for artefact in artefacts for name in artefact.features}
    return prediction.with_own(as_they_are(tuple(own.values()), used))


def asked_by(prediction: Prediction, *versions: Estimator | None) -> Prediction:
    """The same of versions, whose artefacts are read only where they learned with own fields."""
    return asked_with(prediction, *(load(one.pk) for one in versions if one and learned_with(one)))


def learned_with(estimator: Estimator) -> tuple[OwnFeature, ...]:
    """The own fields that a version learned with, as its figures tell."""
    return tuple(OwnFeature(**one) for one in estimator.figures.get("own_fields", {}).get("learned", []))


def are_others(prediction: Prediction, estimator: Estimator) -> bool:
    """Whether a version was offered other own fields than it would be now."""
    before = estimator.figures.get("own_fields", {}).get("offered", [])
    return set(before) != {one.name for one in offer_of(prediction).own}


def as_stored(one: OwnFeature) -> dict[str, str]:
    """As JSON; `OwnFeature` takes it back."""
    return {name: value for name, value in asdict(one).items() if name != "is_read"}


def _feature(own: OwnField) -> OwnFeature:
    return OwnFeature(own.for_type, own.key, own.kind, own.label, own.currency)


def _known(record_type: str) -> list[OwnField]:
    known = OwnField._base_manager.filter(for_type=record_type, kind__in=UNITS, removed_at=None)
    return list(known.order_by("key"))


def _hidden(record_type: str) -> set[str]:
    rules = FieldRule._base_manager.filter(for_type=record_type, right=FieldRight.HIDDEN)
    return set(rules.values_list("field", flat=True))


def _filled(record_type: str, own: Sequence[OwnFeature]) -> dict[str, int]:
    """How many records have a value of each now."""
    if not own:
        return {}
    counts = ", ".join("count(*) FILTER (WHERE attributes ? %s)" for _one in own)
    table = connection.ops.quote_name(RECORD_TYPES[record_type]._meta.db_table)
    keys = [one.key for one in own]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts} FROM {table} WHERE attributes ?| %s::text[]", [*keys, keys])  # noqa: S608
        found = cursor.fetchone()
    return dict(zip(keys, found, strict=True))
