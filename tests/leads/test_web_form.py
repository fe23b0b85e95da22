"""The public web form: people come in, robots stay out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from rapport.core.clock import fixed_at
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.identity.actors import actor_for
from rapport.leads.capture import LEAST_SECONDS, MOST_PER_HOUR, Submission, forget_senders, form_token, receive
from rapport.leads.models import Campaign, FormSubmission, Lead
from tests.cast import Cast

SHOWN = datetime(2026, 3, 1, 9, tzinfo=UTC)
ANSWERED = SHOWN + timedelta(seconds=40)
ANSWERS = {"last_name": "Ames", "organisation_name": "Acme", "emails": "ann@acme.example", "need": "A pump"}


@pytest.fixture
def submission(db: None) -> Submission:
    with fixed_at(SHOWN):
        return Submission(answers=ANSWERS, token=form_token(), trap="", sender="192.0.2.7")


def send(submission: Submission, *, at: datetime = ANSWERED) -> Lead | None:
    with fixed_at(at):
        return receive(submission)


def test_a_visitor_s_message_becomes_a_lead_that_sellers_see(cast: Cast, submission: Submission) -> None:
    with cast.acting(cast.bob):
        fair = Campaign.create(name="Spring fair")
    lead = send(replace(submission, campaign="spring FAIR"))
    assert lead is not None
    assert (lead.title, lead.email, lead.need, lead.source) == ("Ames", "ann@acme.example", "A pump", "Web form")
    assert (lead.campaign, lead.owner) == (fair, None)
    assert Lead.objects.visible_to(actor_for(cast.charlie)).get() == lead
    event = Event.objects.latest("id")
    assert (event.verb, event.actor_kind, event.source) == ("lead.submit", "anonymous", "web form")


def test_the_name_of_an_unknown_campaign_is_kept(submission: Submission) -> None:
    lead = send(replace(submission, campaign="autumn-23"))
    assert lead is not None
    assert lead.description == "Campaign: autumn-23"


def test_what_cannot_be_read_is_asked_again_field_by_field(submission: Submission) -> None:
    with pytest.raises(ValidationError) as wrong:
        send(replace(submission, answers={**ANSWERS, "emails": "ann at acme", "website": "no site"}))
    assert set(wrong.value.message_dict) == {"emails", "website"}
    with pytest.raises(ValidationError, match="so that we can answer"):
        send(replace(submission, answers={"last_name": "Ames"}))
    assert not Lead.objects.exists()


def test_a_visitor_fills_only_the_fields_of_the_form(submission: Submission) -> None:
    lead = send(replace(submission, answers={**ANSWERS, "status": "converted", "source": "Referral", "owner": "x"}))
    assert lead is not None
    assert (lead.status, lead.source) == ("new", "Web form")


def test_a_robot_that_fills_the_trap_is_thanked_and_forgotten(submission: Submission) -> None:
    assert send(replace(submission, trap="https://pills.example")) is None
    assert not Lead.objects.exists()


@pytest.mark.parametrize(
    ("seconds", "sentence"), [(LEAST_SECONDS - 1, "quicker than people write"), (86_400, "open for too long")]
)
def test_the_time_between_showing_and_sending_must_be_human(
    submission: Submission, seconds: int, sentence: str
) -> None:
    with pytest.raises(Problem, match=sentence):
        send(submission, at=SHOWN + timedelta(seconds=seconds))


def test_a_changed_token_is_refused(submission: Submission) -> None:
    for token in ("", "forged", submission.token[:-2] + "xx"):
        with pytest.raises(Problem, match="changed on its way"):
            send(replace(submission, token=token))


def test_one_network_sends_only_so_many_an_hour(submission: Submission) -> None:
    for minute in range(MOST_PER_HOUR):
        send(submission, at=ANSWERED + timedelta(minutes=minute))
    with pytest.raises(Problem, match="Too many messages"):
        send(submission, at=ANSWERED + timedelta(minutes=30))
    send(replace(submission, sender="198.51.100.1"), at=ANSWERED + timedelta(minutes=30))
    send(submission, at=ANSWERED + timedelta(minutes=90))


def test_network_addresses_are_kept_hashed_and_not_for_long(submission: Submission) -> None:
    send(submission)
    assert "192.0.2.7" not in FormSubmission.objects.get().sender
    with fixed_at(ANSWERED + timedelta(days=3)):
        assert forget_senders() == 1


def test_the_visitor_may_submit_and_nothing_else(cast: Cast, submission: Submission) -> None:
    with cast.acting(cast.stranger), pytest.raises(Forbidden):
        Lead.submit(**ANSWERS)
    lead = send(submission)
    assert lead is not None
    assert not Lead.objects.visible_to(cast.stranger).exists()
