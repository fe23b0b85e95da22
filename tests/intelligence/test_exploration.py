"""A small random share of records is decided without a number: drawn with a known probability, disclosed, weighed."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.problems import Problem
from rapport.intelligence.exploring import drawing
from rapport.intelligence.exploring.weighing import explored, weights_of
from rapport.intelligence.learning.learning import learn
from rapport.intelligence.models import Exploration, HeldBack, Score, Withheld
from rapport.intelligence.predictions.prediction import Prediction
from rapport.intelligence.scoring.scoring import score
from rapport.pipeline.models import Opportunity
from tests.cast import Cast, make_cast
from tests.intelligence.history import FEW, make_history

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def opened(cast: Cast, winning: Prediction, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Opportunity]]:
    """Forty open opportunities beside what was learned; a small history is enough here to hold some back."""
    monkeypatch.setattr(drawing, "FEWEST", 100)
    made = make_history(cast)
    with acting_as(SYSTEM):
        learn(winning, names=FEW)
        Exploration.choose(on=True, share=20)
    with cast.acting(cast.alice):
        yield [
            Opportunity.create(name=f"New {n}", organisation=made[0].organisation, source="Referral", amount=9_000)
            for n in range(40)
        ]


def test_those_held_back_show_no_number_but_why_and_stay_held_back(
    cast: Cast, opened: list[Opportunity], winning: Prediction
) -> None:
    score(winning)
    held = set(HeldBack.objects.values_list("record_id", flat=True))
    assert 1 <= len(held) <= 20
    for one in opened:
        one.refresh_from_db()
    assert {one.pk for one in opened if one.chance_to_win is None} == held
    score(winning)
    assert set(HeldBack.objects.values_list("record_id", flat=True)) == held
    assert {row.share for row in HeldBack.objects.all()} == {0.2}
    page = Client()
    page.force_login(cast.bob)
    shown = page.get(f"/opportunities/{next(iter(held))}/panel/chance/").content.decode()
    assert "drawn at random" in shown
    assert "20 drawn at random" in page.get("/insights/predictions/").content.decode()


def test_turned_off_by_an_administrator_all_get_their_number(
    cast: Cast, opened: list[Opportunity], winning: Prediction
) -> None:
    score(winning)
    page = Client()
    page.force_login(cast.bob)
    assert page.post("/insights/predictions/without-numbers/", {"share": "5"}).status_code == 403
    page.force_login(cast.dora)
    assert page.post("/insights/predictions/without-numbers/", {"share": "5"}).status_code == 302
    score(winning)
    assert not HeldBack.objects.exists()
    assert not Score.objects.filter(withheld=Withheld.HELD_BACK).exists()
    with acting_as(SYSTEM), pytest.raises(Problem):
        Exploration.choose(on=True, share=50)


def test_a_record_whose_number_was_shown_is_never_held_back(opened: list[Opportunity], winning: Prediction) -> None:
    with acting_as(SYSTEM):
        Exploration.choose(on=False, share=5)
        score(winning)
        Exploration.choose(on=True, share=20)
        score(winning)
    assert not HeldBack.objects.exists()


def test_with_few_past_cases_nothing_is_held_back(cast: Cast, winning: Prediction) -> None:
    make_history(cast)
    with acting_as(SYSTEM):
        assert drawing.share_of(learn(winning, names=FEW)) == 0


def test_the_share_drawn_is_the_share_asked_for(winning: Prediction) -> None:
    ids = [f"00000000-0000-4000-8000-{number:012d}" for number in range(4_000)]
    drawn = drawing.held_back(winning, ids, share=0.05)
    assert 0.03 < drawn.mean() < 0.07
    other = drawing.held_back(replace(winning, name="another"), ids, share=0.05)
    assert (drawn & other).sum() < 40


def test_either_lot_stands_for_all_when_learning_and_the_difference_is_told() -> None:
    shares = np.where(np.arange(1_000) % 20 == 0, 0.05, 0.0)
    weights = weights_of(shares)
    held = shares > 0
    assert weights[held][0] / weights[~held][0] == pytest.approx(10 * 0.95)  # a twentieth, bounded at ten
    assert (weights_of(np.where(np.arange(1_000) == 3, 0.05, 0.0)) == 1).all()
    yes = np.where(held, np.arange(1_000) % 40 == 0, np.arange(1_000) % 4 == 1)
    told = explored(shares, yes)
    assert (told.without, told.beside) == (50, 950)
    assert told.difference is not None
    assert told.either_way is not None
