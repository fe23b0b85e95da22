"""The board and its worklists: figures lead to records, corrections are taken and undone, rules are written."""

import pytest

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.events import Event
from rapport.directory.models import Organisation, Person
from rapport.identity.models import FieldRule
from rapport.quality.models import Dismissal, Finding, OwnRule
from tests.cast import Cast
from tests.clients import signed_in
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cast: Cast) -> list[Person]:
    with cast.acting(cast.alice):
        made = [
            Person.create(
                last_name=name, emails=[{"kind": "work", "value": f"{name.lower()}@gmial.com"}], owner=cast.alice
            )
            for name in ("Bell", "Dorn")
        ]
    do_jobs()
    return made


def test_an_empty_board_says_what_belongs_there(cast: Cast) -> None:
    assert "Nothing is wrong" in signed_in(cast.alice).get("/quality/").content.decode()


def test_the_board_leads_to_the_records(cast: Cast, people: list[Person]) -> None:
    client = signed_in(cast.alice)
    assert "/quality/rules/email_misspelt/" in client.get("/quality/").content.decode()
    page = client.get("/quality/rules/email_misspelt/").content.decode()
    assert "bell@gmail.com" in page
    assert "2 open findings" in page


@pytest.mark.parametrize(
    "query", ["type=person", "kind=plausibility", "source=person", "team=nonsense", "owner=1", "type=x"]
)
def test_the_board_is_narrowed(cast: Cast, people: list[Person], query: str) -> None:
    page = signed_in(cast.alice).get(f"/quality/?{query}")
    assert page.status_code == 200
    assert "E-mail address with a slip" in page.content.decode()


def test_corrections_are_shown_first_then_taken_together_and_undone_together(cast: Cast, people: list[Person]) -> None:
    client = signed_in(cast.alice)
    ids = list(Finding.objects.filter(rule="email_misspelt").values_list("pk", flat=True))
    preview = client.post("/quality/rules/email_misspelt/take/", {"ids": ids}).content.decode()
    assert "dorn@gmail.com" in preview
    assert Person.objects.get(last_name="Bell").email == "bell@gmial.com"
    client.post("/quality/rules/email_misspelt/take/", {"ids": ids, "confirm": "1"})
    assert {one.email for one in Person.objects.all()} == {"bell@gmail.com", "dorn@gmail.com"}
    assert not Finding.objects.filter(rule="email_misspelt", state="open").exists()
    event = Event.objects.filter(verb="person.correct_several").get()
    client.post(f"/undo/{event.pk}/", {"next": "/quality/"})
    assert {one.email for one in Person.objects.all()} == {"bell@gmial.com", "dorn@gmial.com"}


def test_a_correction_of_a_locked_field_is_not_offered_nor_taken(cast: Cast, people: list[Person]) -> None:
    with acting_as(SYSTEM):
        FieldRule.create(role="seller", for_type="person", field="emails", right="read")
    client = signed_in(cast.alice)
    finding = Finding.objects.filter(rule="email_misspelt").first()
    assert finding is not None
    assert f"/quality/findings/{finding.pk}/take/" not in client.get("/quality/rules/email_misspelt/").content.decode()
    assert client.post(f"/quality/findings/{finding.pk}/take/").status_code == 403
    assert Person.objects.get(pk=finding.record_id).email.endswith("gmial.com")


def test_a_finding_is_dismissed_with_a_reason(cast: Cast, people: list[Person]) -> None:
    client = signed_in(cast.alice)
    finding = Finding.objects.filter(rule="email_misspelt").first()
    assert finding is not None
    address = f"/quality/findings/{finding.pk}/dismiss/"
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "The address works."})
    assert Dismissal.objects.get().reason == "The address works."
    assert "1 open finding" in client.get("/quality/rules/email_misspelt/").content.decode()


def test_a_rule_is_written_on_a_page_and_finds_records(cast: Cast) -> None:
    with cast.acting(cast.alice):
        Organisation.create(name="Acme", lifecycle="customer")
    client = signed_in(cast.bob)
    assert client.get("/quality/own/new/").status_code == 200
    given = {
        "name": "Customer without people",
        "for_type": "organisation",
        "field": ["lifecycle", "person@organisation"],
        "operator": ["is", "none"],
        "value": ["customer", ""],
        "severity": "high",
        "minutes": "10",
    }
    shown = client.post("/quality/own/new/", {**given, "step": "more"}).content.decode()
    assert "1 record meets this now." in shown
    client.post("/quality/own/new/", {**given, "step": "save"})
    rule = OwnRule.objects.get()
    do_jobs()
    assert Finding.objects.filter(rule=rule.key, state="open").count() == 1
    assert "Acme" in client.get(f"/quality/rules/{rule.key}/").content.decode()
    assert client.get(f"/quality/own/{rule.pk}/").status_code == 200
    client.post(f"/quality/own/{rule.pk}/remove/")
    do_jobs()
    assert not Finding.objects.filter(rule=rule.key).exists()


def test_a_rule_that_makes_no_sense_is_refused_in_a_sentence(cast: Cast) -> None:
    client = signed_in(cast.bob)
    answer = client.post("/quality/own/new/", {"name": "X", "for_type": "organisation", "minutes": "5", "step": "save"})
    assert answer.status_code == 422
    assert "Add a condition" in answer.content.decode()
    assert signed_in(cast.alice).get("/quality/own/").status_code == 403


def test_teams_are_compared_on_a_page_of_their_own(cast: Cast, people: list[Person]) -> None:
    assert "There are no two teams" in signed_in(cast.dora).get("/quality/compared/").content.decode()


def test_the_weekly_mail_is_refused_and_taken_again(cast: Cast) -> None:
    client = signed_in(cast.alice)
    client.post("/quality/digest/", {"wanted": "no"})
    assert "no weekly mail" in client.get("/quality/").content.decode()
    client.post("/quality/digest/", {"wanted": "yes"})
    assert "each Monday" in client.get("/quality/").content.decode()
