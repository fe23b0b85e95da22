"""The same questions for every prediction: is it described, does it rest on fields that are there, on nobody's name?"""

import pytest

from rapport.governance.dictionary import entries
from rapport.intelligence.features.computing import pull, run
from rapport.intelligence.predictions import predictions
from rapport.intelligence.predictions.prediction import Prediction

pytestmark = pytest.mark.django_db
_TOLD = ("label", "question", "horizon", "population", "outcome", "yes", "no", "baseline", "use", "misuse")


@pytest.fixture(params=sorted(predictions()))
def prediction(request: pytest.FixtureRequest) -> Prediction:
    return predictions()[request.param]


def test_it_is_described_in_words(prediction: Prediction) -> None:
    assert all(str(getattr(prediction, name)) for name in _TOLD)
    assert all(feature.label for feature in prediction.features.values())


def test_its_chance_is_a_field_nobody_can_set(prediction: Prediction) -> None:
    field = entries()[prediction.record_type].fields[prediction.column]
    assert (field.worked_out, field.editable, field.form) == (True, False, False)


def test_the_fields_it_rests_on_exist(prediction: Prediction) -> None:
    known = {f"{record_type}.{name}" for record_type, entry in entries().items() for name in entry.fields}
    assert prediction.rests_on <= known


def test_its_rules_ask_for_its_own_features(prediction: Prediction) -> None:
    assert prediction.rules
    assert all(rule.feature in prediction.features for rule in prediction.rules)


def test_it_knows_nothing_where_there_is_nothing(prediction: Prediction) -> None:
    assert not prediction.past(20_000.0).answers
    cases = prediction.present(None, 20_000.0)
    assert cases.num_rows == 0
    assert run(prediction.sql, pull(prediction.groups, cases), prediction.groups).num_rows == 0


def test_no_feature_is_about_a_user(prediction: Prediction) -> None:
    asked = " ".join(source.select for group in prediction.groups for source in group.sources)
    assert not [column for column in ("owner_id", "team_id", "identity_user") if column in asked]
