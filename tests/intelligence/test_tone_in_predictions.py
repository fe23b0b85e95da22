"""What customers write makes a prediction: as of a date, with their words as reasons, for readers who may see them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid5

import pytest
from django.test import Client

from rapport.activities.models import Mail, Note
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now
from rapport.directory.models import Organisation
from rapport.identity.models import Scope
from rapport.intelligence.features.computing import pull, run, sql_of
from rapport.intelligence.features.tone import TONE
from rapport.intelligence.learning.learning import learn
from rapport.intelligence.learning.past import days_of
from rapport.intelligence.models import EstimatorState, Score
from rapport.intelligence.predictions import predictions
from rapport.intelligence.predictions.cases import present_cases
from rapport.intelligence.scoring.explaining import explain
from rapport.intelligence.scoring.scoring import score
from rapport.support.models import Ticket
from tests.cast import Cast, seen_by
from tests.intelligence.customers import _SPACE
from tests.intelligence.history import FEW, _write
from tests.rights.rules import hide

pytestmark = pytest.mark.django_db
DISCONTENT = predictions()["discontent"]


@pytest.fixture
def acme(cast: Cast) -> Organisation:
    with cast.acting(cast.alice):
        return Organisation.create(name="Acme")


def _ticket(cast: Cast, organisation: Organisation, **values: object) -> Ticket:
    with cast.acting(cast.alice):
        return Ticket.create(**{"subject": "Sensor 4", "organisation": organisation} | values)


def _panel(user: object, organisation: Organisation) -> str:
    page = Client()
    page.force_login(user)
    return page.get(f"/organisations/{organisation.pk}/panel/chance/").content.decode()


def _told(organisation: Organisation, at: datetime | None = None) -> dict[str, float]:
    """The features of tone as of a moment."""
    moment = days_of(at or now())
    sql = "SELECT id, id, 0 FROM directory_organisation WHERE true {among}"
    cases = present_cases(sql, moment, [str(organisation.pk)], key="id")
    return dict(run(sql_of((TONE,)), pull((TONE,), cases), (TONE,)).to_pylist()[0])


def test_d11_what_they_wrote_is_raised_with_their_words(cast: Cast, acme: Organisation) -> None:
    _ticket(cast, acme, description="The gateway is offline. We're looking at another supplier & <b>you know it</b>.")
    with cast.acting(cast.alice):
        Mail.create(text="Sorry that you are leaving us for a competitor", direction="out", about=[acme])
        Note.create(text="They will not renew, said their director", about=[acme])
    score(DISCONTENT)
    shown = _panel(cast.alice, acme)
    assert "They wrote of leaving or of competitors" in shown
    assert "“another supplier”" in shown
    assert "Sensor 4" in shown
    assert "“not renew”" in shown
    assert "competitor”" not in shown  # our own words
    assert "you know it" not in shown  # only the words that count are quoted


def test_readers_who_may_not_see_a_text_get_none_of_its_words(cast: Cast, acme: Organisation) -> None:
    seen_by("ticket", Scope.TEAM)
    _ticket(cast, acme, description="We will cancel the contract.", owner=cast.alice, team=cast.north)
    score(DISCONTENT)
    assert "“cancel the contract”" in _panel(cast.alice, acme)
    shown = _panel(cast.charlie, acme)
    assert "They wrote of leaving" in shown
    assert "cancel the contract" not in shown
    assert "Sensor 4" not in shown
    hide("ticket.description")
    assert "They wrote of leaving" not in _panel(cast.alice, acme)


def test_texts_count_from_when_they_were_written(cast: Cast, acme: Organisation) -> None:
    with fixed_at(now() - timedelta(days=30)):
        ticket = _ticket(cast, acme, description="The lamp blinks.")
    with fixed_at(now() - timedelta(days=10)), cast.acting(cast.alice):
        ticket.change(description="The lamp blinks. We are furious and demand a refund.")
    before, after = _told(acme, now() - timedelta(days=20)), _told(acme)
    assert (before["texts_cross"], before["texts_claiming"]) == (0, 0)
    assert (after["texts_cross"], after["texts_claiming"]) == (1, 1)
    assert _told(acme, now() + timedelta(days=120))["texts_cross"] == 0


def test_one_text_counts_once_and_our_answers_not_at_all(cast: Cast, acme: Organisation) -> None:
    ticket = _ticket(cast, acme, description="Furious! Furious! We are furious and angry.")
    with cast.acting(cast.dora):
        ticket.answer("We are sorry that you are furious and had been waiting.")
        ticket.change(description="Furious, still.")
    assert _told(acme)["texts_cross"] == 1
    assert _told(acme)["texts_waiting"] == 0


def test_versions_learned_before_there_was_tone_go_on_scoring(cast: Cast, acme: Organisation) -> None:
    _ticket(cast, acme)
    older = tuple(group for group in DISCONTENT.groups if group is not TONE)
    cases = DISCONTENT.present(None, days_of(now()))
    found = run(sql_of(older), pull(DISCONTENT.groups, cases), DISCONTENT.groups)
    assert found.num_rows == 1
    assert "texts_cross" not in found.column_names


def _make_writers(cast: Cast, says: Callable[[int], str], *, customers: int = 240) -> None:
    """Customers with a ticket each forty days; every third gives low marks. What each writes is told by `says`."""
    keys = [uuid5(_SPACE, f"Writer {number}") for number in range(customers)]
    tickets = [
        {
            "subject": "Sensor 4",
            "description": says(number),
            "organisation_id": key,
            "opened_at": now() - timedelta(days=day),
            "first_answer_at": now() - timedelta(days=day, hours=-3),
            "solved_at": now() - timedelta(days=day - 1),
            "status": "solved",
            "satisfaction": 1 if number % 3 == 0 else 5,
        }
        for number, key in enumerate(keys)
        for day in range(5 + number % 40, 730, 40)
    ]
    with cast.acting(cast.alice):
        _write(Organisation, [{"id": key, "name": f"Writer {n}"} for n, key in enumerate(keys)])
    with acting_as(SYSTEM):
        _write(Ticket, tickets)


@pytest.mark.slow
def test_d11_tone_alone_foretells_low_marks_where_it_tells_and_nothing_where_it_does_not(cast: Cast) -> None:
    by_tone = replace(DISCONTENT, groups=(TONE,))
    _make_writers(cast, lambda number: "Still waiting." if number % 3 == 0 and number % 5 else "A question.")
    with acting_as(SYSTEM):
        estimator = learn(by_tone, names=FEW)
        score(by_tone)
    assert estimator.state == EstimatorState.LIVE, estimator.reason
    cross = Organisation.objects.get(name="Writer 3")
    told = explain(Score.objects.get(record_id=cross.pk), estimator)
    assert told.chance > 2 * told.base_rate
    assert told.reasons[0].feature.name == "texts_waiting"
    assert "“Still waiting”" in _panel(cast.alice, cross)


@pytest.mark.slow
def test_where_several_reasons_say_the_same_each_is_told(cast: Cast) -> None:
    _make_writers(
        cast,
        lambda number: "Still waiting; disappointed; the same problem." if number % 3 == 0 and number % 5 else "Why?",
    )
    with acting_as(SYSTEM):
        estimator = learn(DISCONTENT, names=FEW)
        score(DISCONTENT)
    cross = Organisation.objects.get(name="Writer 3")
    told = explain(Score.objects.get(record_id=cross.pk), estimator)
    assert told.chance > 2 * told.base_rate
    assert {"texts_waiting", "texts_cross", "texts_again"} <= {reason.feature.name for reason in told.reasons}
    assert "“Still waiting”" in _panel(cast.alice, cross)


@pytest.mark.slow
def test_d11_tone_that_has_nothing_to_do_with_marks_gives_no_number(cast: Cast) -> None:
    _make_writers(cast, lambda number: "Still waiting." if number % 7 < 2 else "A question.")
    with acting_as(SYSTEM):
        estimator = learn(replace(DISCONTENT, groups=(TONE,)), names=FEW)
    assert estimator.state == EstimatorState.WITHDRAWN
