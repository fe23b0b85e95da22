"""Own fields as features: each kind, on each record type that something is foreseen of."""

from datetime import UTC, datetime, time, timedelta

import numpy as np
import pyarrow as pa
import pytest

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now, today
from rapport.core.records import RECORD_TYPES
from rapport.intelligence.features.computing import pull, run
from rapport.intelligence.features.own import OwnFeature
from rapport.intelligence.learning.own_fields import offer_of
from rapport.intelligence.learning.past import days_of
from rapport.intelligence.predictions import predictions
from rapport.intelligence.predictions.cases import cases_table
from rapport.pipeline.setup import ensure_default_pipeline
from tests.cast import Cast
from tests.own_fields.making import own

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize("name", sorted(predictions()))
@pytest.mark.parametrize("is_now", [True, False])
def test_every_kind_is_told_of_records_of_every_type_now_and_by_the_history(
    cast: Cast, name: str, is_now: bool
) -> None:
    with fixed_at(datetime.combine(today(), time(12), UTC)):  # a day's end would lie elsewhere in another time zone
        _is_told(cast, name, is_now=is_now)


def _is_told(cast: Cast, name: str, *, is_now: bool) -> None:
    prediction = predictions()[name]
    kinds = ("number", "amount", "percentage", "boolean", "choice", "date", "datetime")
    with cast.acting(cast.dora):
        made = [own(kind, for_type=prediction.record_type) for kind in kinds]
    values = {"number": 12, "amount": 40, "percentage": 7, "boolean": False, "choice": "silver", "date": today()}
    values["datetime"] = now() + timedelta(days=5)
    model = RECORD_TYPES[prediction.record_type]
    titled = {"last_name": "One"} if prediction.record_type == "lead" else {"name": "One"}
    with acting_as(SYSTEM):
        ensure_default_pipeline()
    with cast.acting(cast.alice):
        record = model.create(**titled, **{one.key: values[one.kind] for one in made})
        gone = made[0].key
        record.change(**{gone: None})
    asked = prediction.with_own([OwnFeature(one.for_type, one.key, one.kind, one.label, one.currency) for one in made])
    as_of = np.array([days_of(now() + timedelta(hours=1))])
    cases = cases_table([str(record.pk)], pa.nulls(1, pa.string()), as_of, as_of - 3)
    told = run(asked.sql, pull(asked.groups, cases, is_now=is_now), asked.groups).to_pylist()[0]
    ahead = {"date": float(int(days_of(now()))) - as_of[0], "datetime": int(days_of(now()) + 5) - as_of[0]}
    expected = {"number": None, "amount": 40.0, "percentage": 7.0, "boolean": 0.0, "choice": "silver", **ahead}
    assert {one.kind: told[f"{one.key}__{one.kind}"] for one in made} == pytest.approx(expected, nan_ok=True)


def test_without_own_fields_nothing_more_is_asked(cast: Cast) -> None:
    leads = predictions()["lead_conversion"]
    assert leads.with_own(offer_of(leads).own) is leads
    assert "own_fields" not in leads.sql
