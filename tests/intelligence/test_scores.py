"""Scores of records: shown with reasons that add up, given anew, hidden from whoever may not see what they rest on."""

from dataclasses import replace

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.identity.models import ApiToken
from rapport.intelligence.abstaining import TOO_FEW
from rapport.intelligence.learning.learning import learn
from rapport.intelligence.models import Estimator, EstimatorState, Score, Withheld
from rapport.intelligence.predictions.prediction import Prediction
from rapport.intelligence.scoring import following
from rapport.intelligence.scoring.explaining import explain
from rapport.intelligence.scoring.keeping import Giving, Scored, write
from rapport.intelligence.scoring.readying import read_what_is_live
from rapport.intelligence.scoring.scoring import score
from rapport.oversight.models import StopSwitch
from rapport.oversight.stopping import INSTANCE
from rapport.pipeline.models import Opportunity
from tests.cast import Cast
from tests.intelligence.history import FEW, make_history, open_deal
from tests.rights.rules import hide

pytestmark = pytest.mark.django_db


def test_d2_an_opportunity_shows_its_chance_with_reasons(cast: Cast, learned: Estimator, winning: Prediction) -> None:
    assert learned.state == EstimatorState.LIVE, learned.reason
    good, bad = open_deal(cast, source="Referral"), open_deal(cast, source="Website")
    score(winning)
    for one in (good, bad):
        one.refresh_from_db()
    assert good.chance_to_win is not None
    assert bad.chance_to_win is not None
    assert good.chance_to_win > bad.chance_to_win + 20
    page = Client()
    page.force_login(cast.alice)
    shown = page.get(f"/opportunities/{good.pk}/panel/chance/").content.decode()
    assert f"{good.chance_to_win}%" in shown.replace("\u202f", "").replace("\xa0", "").replace(" %", "%")
    assert "Source: Referral" in shown
    assert "Similar past cases" in shown
    assert "A number, never a decision" in shown
    assert "Chance to win" in page.get("/pipeline/").content.decode()
    listed = page.get(
        f"/opportunities/?cols=chance_to_win&sort=-chance_to_win&f=chance_to_win:least:{good.chance_to_win}",
    )
    assert "New by Referral" in listed.content.decode()
    assert "New by Website" not in listed.content.decode()
    why = f"/opportunities/{good.pk}/panel/chance/"
    assert f'<a class="cell-score" href="{why}" title="Why" data-dialog>' in listed.content.decode()
    asked = {"HX-Request": "true", "HX-Target": "dialog#dialog"}
    dialog = page.get(why, headers=asked).content.decode()
    assert 'id="dialog-title"' in dialog
    assert "Source: Referral" in dialog


def test_programs_are_told_the_chance_with_its_reasons(cast: Cast, learned: Estimator, winning: Prediction) -> None:
    deal = open_deal(cast, source="Referral")
    score(winning)
    deal.refresh_from_db()
    with cast.acting(cast.alice):
        key = ApiToken.issue(name="Program", scopes=("*",)).key
    program = Client(headers={"Authorization": f"Bearer {key}"})
    (told,) = program.get(f"/api/v1/opportunities/{deal.pk}/chances").json()["items"]
    assert (told["prediction"], told["version"], told["withheld"]) == ("win_probability", learned.version, "")
    assert round(100 * told["chance"]) == deal.chance_to_win
    assert "Referral" in {one["value"] for one in told["reasons"]}
    assert all(one["came_true"] in (True, False) for one in told["similar"])
    assert told["similar"]
    hide("opportunity.chance_to_win")
    assert program.get(f"/api/v1/opportunities/{deal.pk}/chances").json()["items"] == []
    assert program.get(f"/api/v1/organisations/{deal.organisation_id}/chances").json()["items"] == []
    assert program.get("/api/v1/tasks/00000000-0000-0000-0000-000000000000/chances").status_code == 404


def test_reasons_add_up_to_the_chance_and_scores_are_worked_out_again_from_what_is_stored(
    cast: Cast, learned: Estimator, winning: Prediction
) -> None:
    one = open_deal(cast, source="Referral")
    score(winning, [str(one.pk)])
    kept = Score.objects.get(record_id=one.pk)
    told = explain(kept, learned)
    assert told.chance == pytest.approx(kept.chance, abs=1e-9)
    assert told.reasons[0].feature.name == "source"
    assert told.reasons[0].points > 0
    assert all(similar.record_id != one.pk for similar in told.similar)
    assert read_what_is_live() == 1


def test_too_few_cases_give_rules_instead_of_a_number(cast: Cast, winning: Prediction) -> None:
    make_history(cast, cases=40)
    one = open_deal(cast, source="Referral")
    with acting_as(SYSTEM):
        estimator = learn(winning, names=FEW)
    assert (estimator.state, estimator.reason) == (EstimatorState.WITHDRAWN, TOO_FEW)
    score(winning)
    one.refresh_from_db()
    assert one.chance_to_win is None
    assert Score.objects.get(record_id=one.pk).withheld == Withheld.TOO_FEW
    page = Client()
    page.force_login(cast.alice)
    shown = page.get(f"/opportunities/{one.pk}/panel/chance/").content.decode()
    assert "No number is given" in shown
    assert "They bought from us before" in shown


def test_a_change_is_scored_anew(cast: Cast, learned: Estimator, winning: Prediction) -> None:
    one = open_deal(cast, source="Website")
    while following.catch_up_once():
        pass
    one.refresh_from_db()
    before = one.chance_to_win
    with cast.acting(cast.alice):
        one.change(source="Referral")
    while following.catch_up_once():
        pass
    one.refresh_from_db()
    assert before is not None
    assert one.chance_to_win is not None
    assert one.chance_to_win > before
    with cast.acting(cast.alice):
        one.lose(reason="Price")
    while following.catch_up_once():
        pass
    one.refresh_from_db()
    assert one.chance_to_win is None
    assert not Score.objects.filter(record_id=one.pk).exists()


def test_many_are_scored_part_by_part_and_what_has_ended_loses_its_number(
    cast: Cast, learned: Estimator, winning: Prediction, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rapport.intelligence.scoring.scoring._AT_ONCE", 2)
    monkeypatch.setattr("rapport.intelligence.scoring.keeping._TURN", 1)
    several = [open_deal(cast, source=source) for source in ("Referral", "Website", "Referral", "Website", "Referral")]
    assert score(winning) == len(several)
    for one in several:
        one.refresh_from_db()
    assert all(one.chance_to_win is not None for one in several)
    before = [one.chance_to_win for one in several]
    score(winning, [str(several[0].pk)])
    with cast.acting(cast.alice):
        several[1].lose(reason="Price")
    assert score(winning) == len(several) - 1
    for one in several:
        one.refresh_from_db()
    assert [one.chance_to_win for one in several] == [before[0], None, *before[2:]]
    assert Score.objects.filter(prediction=winning.name).count() == len(several) - 1


def test_scoring_all_leaves_what_was_scored_since_it_began(
    cast: Cast, learned: Estimator, winning: Prediction, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed, other = (open_deal(cast, source="Website") for _number in range(2))
    score(winning)
    before = chances(changed, other)
    went_on: list[Giving] = []

    def slowly(giving: Giving, scored: Scored) -> None:
        if not went_on:
            went_on.append(giving)
            with cast.acting(cast.alice):
                Opportunity.objects.get(pk=changed.pk).change(source="Referral")
            score(winning, [str(changed.pk)])
        write(giving, scored)

    monkeypatch.setattr("rapport.intelligence.scoring.scoring.write", slowly)
    score(winning)
    better, same = chances(changed, other)
    assert better > before[0] + 20
    assert same == before[1]
    kept = Score.objects.get(record_id=changed.pk)
    assert kept.as_of > went_on[0].as_of
    assert explain(kept, learned).chance == pytest.approx(kept.chance, abs=1e-9)


def test_what_ends_while_all_are_scored_gets_no_number_again(
    cast: Cast, learned: Estimator, winning: Prediction, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, other = (open_deal(cast, source="Website") for _number in range(2))
    score(winning)
    went_on: list[Giving] = []

    def slowly(giving: Giving, scored: Scored) -> None:
        if not went_on:
            went_on.append(giving)
            with cast.acting(cast.alice):
                Opportunity.objects.get(pk=ended.pk).lose(reason="Price")
            score(winning, [str(ended.pk)])
        write(giving, scored)

    monkeypatch.setattr("rapport.intelligence.scoring.scoring.write", slowly)
    score(winning)
    assert set(Score.objects.filter(prediction=winning.name).values_list("record_id", flat=True)) == {other.pk}
    ended.refresh_from_db()
    assert ended.chance_to_win is None
    assert chances(other)[0] > 0


def chances(*deals: Opportunity) -> list[int]:
    """As they stand in the column of the records."""
    for one in deals:
        one.refresh_from_db()
    return [one.chance_to_win or 0 for one in deals]


def test_the_switch_stops_new_scores_and_the_rest_works_on(cast: Cast, learned: Estimator) -> None:
    with cast.acting(cast.dora):
        StopSwitch.pull(key=INSTANCE, reason="Trial")
    one = open_deal(cast, source="Referral")
    while following.catch_up_once():
        pass
    one.refresh_from_db()
    assert one.chance_to_win is None


def test_whoever_may_not_see_a_field_sees_no_chance_that_rests_on_it(
    cast: Cast, learned: Estimator, winning: Prediction
) -> None:
    one = open_deal(cast, source="Referral")
    score(winning)
    hide("opportunity.amount")
    page = Client()
    page.force_login(cast.alice)
    assert page.get(f"/opportunities/{one.pk}/panel/chance/").status_code == 404
    listed = page.get("/opportunities/?cols=chance_to_win&f=chance_to_win:least:10").content.decode()
    assert "Chance to win" not in listed


def test_all_predictions_of_a_record_stand_in_its_panel(
    cast: Cast, learned: Estimator, winning: Prediction, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = open_deal(cast, source="Referral")
    score(winning)
    told = Score.objects.get(record_id=one.pk)
    other = replace(winning, name="slipping", label="Chance to slip", question="Will its date slip?")
    Score.objects.create(
        prediction="slipping", record_id=one.pk, withheld=Withheld.TOO_FEW, inputs=told.inputs, as_of=told.as_of
    )
    monkeypatch.setattr("rapport.web.predictions.panels.of_type", lambda _type: [winning, other])
    page = Client()
    page.force_login(cast.alice)
    shown = page.get(f"/opportunities/{one.pk}/panel/chance/").content.decode()
    assert "<h3>Chance to win</h3>" in shown
    assert "<h3>Chance to slip</h3>" in shown
    assert "No number is given" in shown
