"""The pages of duplicates: what is shown to whom, and what becomes of a group (Q4)."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation
from rapport.identity.models import FieldRight, FieldRule, Scope, User
from rapport.quality.duplicates.running import ask_for_search, run
from rapport.quality.models import DuplicateDecision
from rapport.support.models import Ticket
from tests.cast import Cast, seen_by
from tests.clients import signed_in

Browse = Callable[[User], Client]

pytestmark = pytest.mark.django_db

PAGE = "/quality/duplicates/organisation/"


@pytest.fixture
def twins(cast: Cast) -> list[Organisation]:
    """Acme twice, and Bolt three times; both are Alice's."""
    with acting_as(SYSTEM):
        for number in range(30):
            Organisation.create(name=f"Company {chr(65 + number)} {number * 37}")
        acme = [
            Organisation.create(
                name=name, website="https://acme.example", vat_number="FR40303265045", owner=cast.alice, **more
            )
            for name, more in (("Acme SAS", {"country": "FR", "industry": "Steel"}), ("ACME", {"industry": "Metal"}))
        ]
        for name in ("Bolt GmbH", "Bolt", "Bolt KG"):
            Organisation.create(name=name, website="bolt.example", vat_number="DE129273398", owner=cast.alice)
        run(ask_for_search("organisation"))
    return acme


@pytest.fixture
def browse() -> Browse:
    return signed_in


@pytest.fixture
def alices(browse: Browse, cast: Cast) -> Client:
    return browse(cast.alice)


def side_by_side(*records: Organisation) -> str:
    return f"{PAGE}compare/?{urlencode([('record', record.pk) for record in records])}"


def decide(client: Client, records: list[Organisation], do: str, **more: str) -> str:
    asked = {"record": [str(record.pk) for record in records], "do": do, **more}
    answer = client.post(f"{PAGE}compare/", asked)
    assert answer.status_code == 302, answer.content
    return str(answer.headers["Location"])


def test_groups_are_listed_with_what_agrees(alices: Client, twins: list[Organisation]) -> None:
    page = alices.get(PAGE).content.decode()
    assert "Acme SAS · ACME" in page
    assert "VAT number" in page
    assert "almost certainly the same" in page


def test_q4_two_are_merged_with_the_chosen_values_and_the_next_group_follows(
    alices: Client, twins: list[Organisation]
) -> None:
    acme, twin = twins
    with acting_as(SYSTEM):
        ticket = Ticket.create(subject="Leaks", organisation=twin)
    page = alices.get(side_by_side(*twins)).content.decode()
    assert "differs" in page
    assert "speaks strongly for it" in page
    following = decide(alices, twins, "merge", stays=str(acme.pk), **{"take-industry": str(twin.pk)})
    assert "compare" in following
    assert "Bolt" in alices.get(following).content.decode()
    acme.refresh_from_db()
    ticket.refresh_from_db()
    assert (acme.industry, ticket.organisation_id) == ("Metal", acme.pk)


def test_more_than_two_are_merged_at_once_and_undone_at_once(alices: Client, twins: list[Organisation]) -> None:
    bolts = list(Organisation.objects.filter(name__startswith="Bolt"))
    decide(alices, bolts, "merge", stays=str(bolts[1].pk))
    assert Organisation.objects.get(name__startswith="Bolt") == bolts[1]
    page = alices.get(PAGE).content.decode()
    undo = page.split('action="/undo/')[1].split('"')[0]
    alices.post(f"/undo/{undo}")
    assert Organisation.objects.filter(name__startswith="Bolt").count() == 3


def test_what_is_not_the_same_is_never_shown_again(alices: Client, twins: list[Organisation]) -> None:
    decide(alices, twins, "different")
    assert "ACME" not in alices.get(PAGE).content.decode()
    with acting_as(SYSTEM):
        run(ask_for_search("organisation"))
    assert "ACME" not in alices.get(PAGE).content.decode()
    assert DuplicateDecision.objects.count() == 1


def test_later_comes_back_after_a_week(alices: Client, twins: list[Organisation]) -> None:
    decide(alices, twins, "later")
    assert DuplicateDecision.objects.get().until is not None
    assert "ACME" not in alices.get(PAGE).content.decode()


def test_all_that_is_sure_is_merged_after_a_preview(alices: Client, twins: list[Organisation]) -> None:
    page = alices.get(f"{PAGE}sure/").content.decode()
    keys = [part.split('"')[0] for part in page.split('name="group" value="')[1:]]
    assert len(keys) == 2
    alices.post(f"{PAGE}sure/", {"group": keys})
    assert Organisation.objects.filter(vat_number__gt="").count() == 2
    assert alices.post(f"{PAGE}sure/", {"group": keys}).status_code == 409


def test_only_who_may_change_both_merges_them(browse: Browse, cast: Cast, twins: list[Organisation]) -> None:
    with acting_as(SYSTEM):
        twins[1].change(owner=cast.charlie, team=cast.south)
    seen_by("organisation", Scope.TEAM)
    page = browse(cast.alice).get(PAGE).content.decode()
    assert "ACME" not in page
    assert browse(cast.charlie).get(side_by_side(*twins)).status_code == 302


def test_hidden_fields_are_not_told(browse: Browse, cast: Cast, twins: list[Organisation]) -> None:
    with acting_as(SYSTEM):
        FieldRule.create(role="seller", for_type="organisation", field="vat_number", right=FieldRight.HIDDEN)
    client = browse(cast.alice)
    for page in (PAGE, side_by_side(*twins), f"{PAGE}sure/", f"/organisations/{twins[0].pk}/panels/"):
        answer = client.get(page, headers={"HX-Request": "true"}).content.decode()
        assert "FR40303265045" not in answer
        assert "VAT number" not in answer


def test_who_may_not_merge_has_no_such_page(browse: Browse, cast: Cast, twins: list[Organisation]) -> None:
    with acting_as(SYSTEM):
        cast.charlie.change(role="read-only")
    assert browse(cast.charlie).get(PAGE).status_code == 403


def test_a_record_shows_what_is_probably_the_same(alices: Client, twins: list[Organisation]) -> None:
    beside = alices.get(f"/organisations/{twins[0].pk}/panels/", headers={"HX-Request": "true"}).content.decode()
    assert "Probably the same" in beside
    assert side_by_side(*twins).replace("&", "&amp;") in beside


def test_records_of_one_name_are_told_apart_in_the_list(browse: Browse, cast: Cast, twins: list[Organisation]) -> None:
    with acting_as(SYSTEM):
        twins[1].change(name="Acme SAS")
    assert "Industry: Steel · Metal" in browse(cast.alice).get(PAGE).content.decode()
    with acting_as(SYSTEM):
        FieldRule.create(for_type="organisation", field="industry", role="seller", right=FieldRight.HIDDEN)
    assert "Steel" not in browse(cast.alice).get(PAGE).content.decode()
