"""Sources that disagree: flagged when a less trusted one overwrites, decided by a person or by a rule of precedence."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.events import because
from rapport.directory.models import Organisation, Person
from rapport.identity.models import FieldRule
from rapport.leads.capture import VISITOR
from rapport.quality.board.sources import Source, source_of
from rapport.quality.digest import send_digests
from rapport.quality.models import DigestRefusal, Disagreement, Precedence
from rapport.web.records.origins import SOURCES
from tests.cast import Cast
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme(cast: Cast) -> Organisation:
    """Typed by Alice, then overwritten by a sync."""
    with cast.acting(cast.alice):
        made = Organisation.create(name="Acme", industry="Pumps", owner=cast.alice)
        with because("", source="sync: ERP"):
            made.change(industry="Machinery")
    do_jobs()
    return made


def test_q8_a_typed_value_overwritten_by_a_sync_is_shown_and_decided(cast: Cast, acme: Organisation) -> None:
    client = Client()
    client.force_login(cast.alice)
    panel = client.get(f"/organisations/{acme.pk}/panel/quality/").content.decode()
    assert "Sources disagree" in panel
    assert "Take Pumps" in panel
    found = Disagreement.objects.get()
    client.post(f"/quality/disagreements/{found.pk}/", {"take": "other"})
    acme.refresh_from_db()
    assert acme.industry == "Pumps"
    assert "Sources disagree" not in client.get(f"/organisations/{acme.pk}/panel/quality/").content.decode()


def test_q8_a_link_overwritten_by_a_sync_is_shown_by_name_and_put_back(cast: Cast) -> None:
    with cast.acting(cast.alice):
        acme, other = Organisation.create(name="Acme"), Organisation.create(name="Other")
        ann = Person.create(last_name="Bell", organisation=acme, owner=cast.alice)
        with because("", source="sync: ERP"):
            ann.change(organisation=other)
    do_jobs()
    client = Client()
    client.force_login(cast.alice)
    assert "Take Acme" in client.get(f"/people/{ann.pk}/panel/quality/").content.decode()
    client.post(f"/quality/disagreements/{Disagreement.objects.get(field='organisation').pk}/", {"take": "other"})
    ann.refresh_from_db()
    assert ann.organisation == acme


def test_what_a_person_typed_before_the_sync_settles_nothing(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice):
        acme.change(industry="Valves")
        with because("", source="sync: ERP"):
            acme.change(industry="Taps")
    do_jobs()
    assert Disagreement.objects.get(settled_at=None).other_value == "Valves"


def test_what_a_person_types_settles_it(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice):
        Organisation.objects.get().change(industry="Valves")
    do_jobs()
    assert not Disagreement.objects.filter(settled_at=None).exists()


def test_a_rule_of_precedence_lets_a_source_win(cast: Cast) -> None:
    with acting_as(SYSTEM):
        Precedence.create(for_type="organisation", field="industry", sources=["integration", "person"])
    with cast.acting(cast.alice):
        made = Organisation.create(name="Acme", industry="Pumps")
        with because("", source="api"):
            made.change(industry="Machinery")
    do_jobs()
    assert not Disagreement.objects.exists()


def test_a_disagreement_about_a_hidden_field_is_not_shown(cast: Cast, acme: Organisation) -> None:
    with acting_as(SYSTEM):
        FieldRule.create(role="seller", for_type="organisation", field="industry", right="hidden")
    client = Client()
    client.force_login(cast.alice)
    assert "Sources disagree" not in client.get(f"/organisations/{acme.pk}/panel/quality/").content.decode()
    assert client.post(f"/quality/disagreements/{Disagreement.objects.get().pk}/", {"take": "other"}).status_code == 404


def test_an_administrator_orders_the_sources_on_a_page(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.dora)
    sources = {"source1": "integration", "source2": "person", "source3": "import"}
    client.post("/quality/precedence/", {"field": "organisation.industry", **sources})
    assert Precedence.objects.get().sources == ["integration", "person", "import"]
    assert "Industry" in client.get("/quality/precedence/").content.decode()


def test_the_weekly_mail_tells_one_s_own_findings_and_respects_a_refusal(cast: Cast) -> None:
    with cast.acting(cast.alice):
        Person.create(last_name="Bell", emails=[{"kind": "work", "value": "ann@gmial.com"}], owner=cast.alice)
    do_jobs()
    mail.outbox.clear()
    assert send_digests() == 2
    assert {one.to[0] for one in mail.outbox} == {cast.alice.email, cast.bob.email}
    assert "E-mail address with a slip: 1" in mail.outbox[0].body
    DigestRefusal.objects.create(user=cast.alice)
    assert send_digests() == 1


def test_an_address_that_fails_keeps_the_weekly_mail_from_nobody_else(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cast.acting(cast.alice):
        Person.create(last_name="Bell", emails=[{"kind": "work", "value": "ann@gmial.com"}], owner=cast.alice)
    do_jobs()
    mail.outbox.clear()
    whole = EmailMessage.send

    def send(message: EmailMessage, fail_silently: bool = False) -> int:
        if message.to == [cast.alice.email]:
            raise SMTPRecipientsRefused({})
        return whole(message, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", send)
    assert send_digests() == 1
    assert [one.to for one in mail.outbox] == [[cast.bob.email]]


@pytest.mark.parametrize("source", [VISITOR.source, "machine", "estimate", "web", "api", "import: people.csv", "cli"])
def test_q8_every_source_that_events_name_has_a_sort_and_words(source: str) -> None:
    assert source_of(source) is not Source.OTHER
    assert source.partition(":")[0] in SOURCES
