"""Many records are scored on two connections side by side; where one fails, what was told before stays."""

from threading import get_ident

import pytest

from rapport.intelligence.models import Score, Withheld
from rapport.intelligence.predictions.prediction import Prediction
from rapport.intelligence.scoring.keeping import Giving, Scored, write
from rapport.intelligence.scoring.scoring import score
from rapport.pipeline.models import Opportunity
from tests.cast import Cast
from tests.intelligence.history import make_history, open_deal

pytestmark = pytest.mark.django_db(transaction=True)


def test_parts_are_written_by_two_at_a_time_and_one_that_fails_takes_nothing_away(
    cast: Cast, winning: Prediction, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_history(cast, cases=3)
    monkeypatch.setattr("rapport.intelligence.scoring.scoring._AT_ONCE", 2)
    monkeypatch.setattr("rapport.intelligence.scoring.keeping._TURN", 1)
    deals = {open_deal(cast, source="Website").pk for _number in range(7)}
    writers: set[int] = set()
    under_way: set[int] = set()
    together: list[int] = []

    def noting(giving: Giving, scored: Scored) -> None:
        writers.add(get_ident())
        under_way.add(get_ident())
        together.append(len(under_way))
        write(giving, scored)
        under_way.discard(get_ident())

    def failing(giving: Giving, scored: Scored) -> None:
        raise RuntimeError

    monkeypatch.setattr("rapport.intelligence.scoring.scoring.write", noting)
    assert score(winning) == len(deals)
    assert get_ident() not in writers
    assert 1 <= max(together) <= 2
    kept = Score.objects.filter(record_id__in=deals)
    assert set(kept.values_list("withheld", flat=True)) == {Withheld.TOO_FEW}
    before = dict(kept.values_list("record_id", "as_of"))
    assert before.keys() == deals
    monkeypatch.setattr("rapport.intelligence.scoring.scoring.write", failing)
    with pytest.raises(RuntimeError):
        score(winning)
    assert dict(kept.values_list("record_id", "as_of")) == before
    assert Opportunity.objects.filter(pk__in=deals, chance_to_win__isnull=False).count() == 0
