"""The public form: a visitor's message becomes a lead, robots are thanked for nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from rapport.core.clock import fixed_at
from rapport.leads.models import Lead
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SHOWN = datetime(2026, 3, 1, 9, tzinfo=UTC)
ANSWERS = {"last_name": "Ames", "organisation_name": "Acme", "emails": "ann@acme.example", "need": "A pump"}


def token(client: Client) -> str:
    with fixed_at(SHOWN):
        form = client.get("/contact/?campaign=Fair").context["form"]
    return str(form.initial["token"])


def sent(client: Client, **answers: str) -> int:
    with fixed_at(SHOWN + timedelta(seconds=30)):
        return client.post("/contact/", {**ANSWERS, "token": token(client), **answers}).status_code


def test_a_visitor_s_message_becomes_a_lead(cast: Cast) -> None:
    client = Client()
    assert sent(client) == 302
    lead = Lead.objects.get()
    assert (lead.email, lead.need) == ("ann@acme.example", "A pump")
    assert client.get("/contact/thanks/").status_code == 200


def test_a_robot_that_fills_the_trap_is_thanked_and_leaves_nothing(cast: Cast) -> None:
    assert sent(Client(), more="https://spam.example") == 302
    assert not Lead.objects.exists()


def test_a_wrong_answer_is_told_and_what_was_typed_stays(cast: Cast) -> None:
    client = Client()
    with fixed_at(SHOWN + timedelta(seconds=30)):
        answer = client.post("/contact/", {**ANSWERS, "token": token(client), "emails": "nonsense"})
    assert answer.status_code == 422
    assert "not an e-mail address" in answer.content.decode()
    assert "A pump" in answer.content.decode()


def test_a_form_without_its_stamp_is_refused_with_a_sentence(cast: Cast) -> None:
    assert sent(Client(), token="forged") == 422
    assert not Lead.objects.exists()
