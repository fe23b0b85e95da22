"""The board: what stands on it, moving cards, and what a stage asks for first."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from rapport.directory.models import Organisation
from rapport.identity.models import Scope, User
from rapport.pipeline.models import Opportunity, Stage, Status
from tests.cast import Cast, seen_by
from tests.rights.rules import hide

SignedIn = Callable[[User], Client]
BY_DRAGGING = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "article#card"}
IN_DIALOG = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "dialog#dialog"}


@pytest.fixture
def stages(fresh: None) -> dict[str, Stage]:
    return {stage.code: stage for stage in Stage.objects.all()}


@pytest.fixture
def deal(cast: Cast, stages: dict[str, Stage]) -> Opportunity:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme & Sons")
        return Opportunity.create(name="Pumps <b>", organisation=acme, amount=Decimal(9000), owner=cast.alice)


def page(client: Client, address: str = "/pipeline/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def move(client: Client, deal: Opportunity, stage: Stage, more: dict[str, str] | None = None, **headers: str) -> Any:
    return client.post(f"/pipeline/cards/{deal.pk}/move/", {"stage": str(stage.pk), **(more or {})}, **headers)


def needing(stage: Stage, *fields: str) -> None:
    """Make the stage ask for these fields."""
    from rapport.core.actors import SYSTEM, acting_as

    with acting_as(SYSTEM):
        stage.change(required_fields=list(fields))


def test_cards_stand_in_their_stage_with_sums_above(cast: Cast, deal: Opportunity, signed_in: SignedIn) -> None:
    text = page(signed_in(cast.alice))
    assert "Pumps &lt;b&gt;" in text
    assert "Acme &amp; Sons" in text
    assert "1 open · €9,000" in text


def test_a_card_says_nothing_is_missing_that_is_only_hidden(cast: Cast, deal: Opportunity, signed_in: SignedIn) -> None:
    missing = ("No amount yet", "No next step")
    with cast.acting(cast.alice):
        deal.change(amount=None)
    assert all(words in page(signed_in(cast.alice)) for words in missing)
    hide("opportunity.amount", "opportunity.next_step")
    assert not any(words in page(signed_in(cast.alice)) for words in missing)


def test_others_see_no_card_of_a_team_that_is_not_theirs(cast: Cast, deal: Opportunity, signed_in: SignedIn) -> None:
    assert "Pumps" not in page(signed_in(cast.charlie))
    assert signed_in(cast.charlie).get(f"/pipeline/cards/{deal.pk}/move/").status_code == 404
    assert "Pumps" in page(signed_in(cast.bob))


def test_an_organisation_one_may_not_see_is_not_named(cast: Cast, deal: Opportunity, signed_in: SignedIn) -> None:
    with cast.acting(cast.dora):
        Organisation.objects.get().change(owner=cast.charlie, team=cast.south)
    seen_by("organisation", Scope.OWNER)
    text = page(signed_in(cast.alice))
    assert "Pumps" in text
    assert "Acme" not in text


def test_a_dropped_card_stays_and_both_columns_count_anew(
    cast: Cast, deal: Opportunity, stages: dict[str, Stage], signed_in: SignedIn
) -> None:
    target = stages["S2"]
    needing(target)
    answer = move(signed_in(cast.alice), deal, target, **BY_DRAGGING)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="card-{deal.pk}"' in text
    assert text.count("<hx-partial") >= 2
    assert Opportunity.objects.get().stage == target


def test_a_stage_that_needs_something_asks_for_exactly_that(
    cast: Cast, deal: Opportunity, stages: dict[str, Stage], signed_in: SignedIn
) -> None:
    target, client = stages["S3"], signed_in(cast.alice)
    needing(target, "need", "amount")
    asked = move(client, deal, target, **BY_DRAGGING)
    text = asked.content.decode()
    assert asked.status_code == 422
    assert asked.headers["HX-Retarget"] == "#dialog"
    assert 'name="need"' in text
    assert 'name="amount"' not in text
    assert Opportunity.objects.get().stage != target
    answered = {"answered": "1", "dragged": "1", "need": "Less downtime"}
    done = move(client, deal, target, answered, **IN_DIALOG)
    assert done.headers["HX-Trigger"] == "dialog:close"
    found = Opportunity.objects.get()
    assert (found.stage, found.need) == (target, "Less downtime")


def test_an_empty_answer_is_asked_again(
    cast: Cast, deal: Opportunity, stages: dict[str, Stage], signed_in: SignedIn
) -> None:
    needing(stages["S3"], "need")
    answer = move(signed_in(cast.alice), deal, stages["S3"], {"answered": "1", "need": ""}, **IN_DIALOG)
    assert answer.status_code == 422
    assert Opportunity.objects.get().stage != stages["S3"]


def test_without_scripts_the_same_works_by_plain_forms(
    cast: Cast, deal: Opportunity, stages: dict[str, Stage], signed_in: SignedIn
) -> None:
    client = signed_in(cast.alice)
    assert f'value="{stages["S4"].pk}"' in client.get(f"/pipeline/cards/{deal.pk}/move/").content.decode()
    needing(stages["S3"], "need")
    assert 'name="need"' in move(client, deal, stages["S3"]).content.decode()
    done = move(client, deal, stages["S3"], {"answered": "1", "need": "Less downtime"})
    assert (done.status_code, done.headers["Location"]) == (302, "/pipeline/")


def test_the_last_stage_wins(cast: Cast, deal: Opportunity, stages: dict[str, Stage], signed_in: SignedIn) -> None:
    last = next(stage for stage in stages.values() if not stage.is_selling)
    needing(last)
    move(signed_in(cast.alice), deal, last)
    assert Opportunity.objects.get().status == Status.WON


def test_choices_narrow_the_board(cast: Cast, deal: Opportunity, signed_in: SignedIn) -> None:
    assert "Pumps" in page(signed_in(cast.bob), "/pipeline/?owner=my_team")
    assert "Pumps" not in page(signed_in(cast.bob), "/pipeline/?owner=me")
    assert "Pumps" not in page(signed_in(cast.bob), "/pipeline/?closing=this_month")


@pytest.mark.parametrize("query", ["owner=x", "closing=never", "pipeline=1", "owner=%00"])
def test_a_choice_that_makes_no_sense_still_shows_the_board(
    query: str, cast: Cast, deal: Opportunity, signed_in: SignedIn
) -> None:
    assert "Pumps" in page(signed_in(cast.alice), f"/pipeline/?{query}")


def test_who_only_reads_can_not_move(
    cast: Cast, deal: Opportunity, stages: dict[str, Stage], signed_in: SignedIn
) -> None:
    with cast.acting(cast.dora):
        User.objects.get(pk=cast.bob.pk).change(role="read-only")
    assert move(signed_in(User.objects.get(pk=cast.bob.pk)), deal, stages["S2"]).status_code == 403


def test_columns_load_as_they_scroll(cast: Cast, deal: Opportunity, signed_in: SignedIn) -> None:
    with cast.acting(cast.alice):
        for number in range(25):
            Opportunity.create(name=f"More {number:02}", owner=cast.alice)
    client = signed_in(cast.alice)
    first = client.get("/pipeline/")
    shown = [*first.content.decode().split('data-card="')[1:]]
    more = next(column["more"] for column in first.context["columns"] if column["more"])
    while more:
        answer = client.get(more, HTTP_HX_REQUEST="true")
        shown += answer.content.decode().split('data-card="')[1:]
        more = answer.context["more"]
    assert len({card[:36] for card in shown}) == len(shown) == 26


def test_the_board_takes_few_queries(
    cast: Cast, deal: Opportunity, signed_in: SignedIn, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client = signed_in(cast.bob)
    page(client)
    with django_assert_max_num_queries(13):
        page(client)
