"""Records seen by share or by territory, beside owner, team and rule."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from rapport.activities.models import Note, Notification
from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.core.search import search
from rapport.core.sight import note_seen, seen_among
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation, Person
from rapport.identity.actors import actor_for
from rapport.identity.models import Scope, Share, Territory, TerritoryPlace
from rapport.pipeline.models import Opportunity
from tests.cast import Cast, seen_by


@pytest.fixture
def deal(fresh: None, cast: Cast) -> Opportunity:
    """Alice's; Charlie, of another team, does not see it."""
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", country="FR", owner=cast.alice)
        return Opportunity.create(name="Project Nightfall", organisation=acme, owner=cast.alice)


def sees(actor: Actor, deal: Opportunity) -> bool:
    found = Opportunity.objects.visible_to(actor).filter(pk=deal.pk).exists()
    assert found is bool(search(actor, "nightfall", types=["opportunity"])) is deal.may_be_seen_by(actor)
    return found


def test_a_record_shared_to_read_is_seen_and_not_changed(cast: Cast, deal: Opportunity) -> None:
    with cast.acting(cast.alice):
        Note.create(text="Their secret", about=[deal])
        deal.share_with(user=cast.charlie)
    charlie = actor_for(cast.charlie)
    assert sees(charlie, deal)
    assert Note.objects.visible_to(charlie).count() == 1
    assert Notification.objects.get(user=cast.charlie).title == "Alice Almeida shared with you: Project Nightfall"
    with cast.acting(cast.charlie):
        with pytest.raises(Forbidden):
            deal.change(name="Mine")
        with pytest.raises(Forbidden):
            deal.share_with(user=cast.bob)


def test_a_record_shared_to_edit_is_changed_but_not_passed_on(cast: Cast, deal: Opportunity) -> None:
    with cast.acting(cast.alice):
        deal.share_with(team=cast.south, may_edit=True)
    with cast.acting(cast.charlie):
        deal.change(next_step="Call them")
        with pytest.raises(Forbidden, match="ask its owner"):
            deal.share_with(user=cast.bob)


def test_a_share_ends_on_its_day_when_withdrawn_or_undone(cast: Cast, deal: Opportunity) -> None:
    with cast.acting(cast.alice):
        share = deal.share_with(user=cast.charlie, until=today())
        assert sees(actor_for(cast.charlie), deal)
        deal.stop_sharing(share.pk)
        assert not sees(actor_for(cast.charlie), deal)
        deal.share_with(user=cast.charlie)
        undo_event(Event.objects.latest("id"))
    assert not sees(actor_for(cast.charlie), deal)
    with cast.acting(cast.alice):
        deal.share_with(user=cast.charlie)
    Share.objects.model._base_manager.all()._raw_delete("default")
    assert not sees(actor_for(cast.charlie), deal)


def test_nothing_is_shared_for_a_day_that_is_over(cast: Cast, deal: Opportunity) -> None:
    with cast.acting(cast.alice), pytest.raises(ValidationError, match="over"):
        deal.share_with(user=cast.charlie, until=today() - timedelta(days=1))


def test_a_territory_shows_organisations_and_what_belongs_to_them(cast: Cast, deal: Opportunity) -> None:
    seen_by("organisation", Scope.OWNER)
    seen_by("person", Scope.OWNER)
    with cast.acting(cast.dora):
        zoe = Person.create(first_name="Zoé", organisation=deal.organisation, owner=cast.alice)
        abroad = Organisation.create(name="Elsewhere", country="PT", owner=cast.alice)
        france = Territory.draw(name="France", query="f=country:is:FR", members=[(cast.charlie, None)])
    charlie = actor_for(cast.charlie)
    assert list(Organisation.objects.visible_to(charlie)) == [deal.organisation]
    assert list(Person.objects.visible_to(charlie)) == [zoe]
    assert sees(charlie, deal)
    with cast.acting(cast.charlie), pytest.raises(Forbidden):
        deal.change(name="Mine")
    with cast.acting(cast.dora):
        france.redraw(may_edit=True, members=[(None, cast.south)])
        abroad.change(country="FR")
        assert deal.organisation is not None
        deal.organisation.change(country="DE")
    assert list(Organisation.objects.visible_to(actor_for(cast.charlie))) == [abroad]
    with cast.acting(cast.charlie):
        abroad.change(name="Here")
    assert not sees(actor_for(cast.charlie), deal)


def test_a_territory_that_is_gone_shows_nothing_until_undone(cast: Cast, deal: Opportunity) -> None:
    with cast.acting(cast.dora):
        france = Territory.draw(name="France", query="f=country:is:FR", members=[(cast.charlie, None)])
        france.remove()
        assert not sees(actor_for(cast.charlie), deal)
        assert not TerritoryPlace.objects.exists()
        undo_event(Event.objects.latest("id"))
        assert sees(actor_for(cast.charlie), deal)
        undo_event(Event.objects.filter(verb="territory.draw").latest("id"))
    assert not sees(actor_for(cast.charlie), deal)


@pytest.mark.parametrize("query", ["", "f=owner:is:me", "f=created_at:within:this_month", "f=country:is:Nowhere"])
def test_a_territory_needs_conditions_that_last(cast: Cast, query: str) -> None:
    with cast.acting(cast.dora), pytest.raises((Problem, ValidationError)):
        Territory.draw(name="Odd", query=query, members=[])


def test_postal_codes_draw_a_territory(cast: Cast) -> None:
    with cast.acting(cast.dora):
        for code in ("75001", "69001"):
            Organisation.create(name=code, addresses=[{"kind": "main", "postal_code": code}])
        Territory.draw(name="Paris", query="f=addresses:starts:75", members=[(cast.charlie, None)])
    assert TerritoryPlace.objects.count() == 1


def test_whoever_has_no_share_and_no_territory_is_asked_nothing_more(cast: Cast) -> None:
    assert "EXISTS" not in str(Opportunity.objects.visible_to(actor_for(cast.charlie)).query)
    assert "share" not in str(Opportunity.objects.visible_to(actor_for(cast.charlie)).query)


def test_sight_of_a_record_is_asked_anew_after_it_was_written(cast: Cast, deal: Opportunity) -> None:
    alice, charlie = actor_for(cast.alice), actor_for(cast.charlie)
    note_seen(deal, charlie)
    assert deal.may_be_seen_by(charlie)
    with cast.acting(cast.alice):
        deal.change(next_step="Call them")
    assert not deal.may_be_seen_by(charlie)
    assert seen_among(alice, {Opportunity: [deal.pk], Organisation: [deal.organisation_id]}) == {
        deal.pk,
        deal.organisation_id,
    }
    assert seen_among(charlie, {Opportunity: [deal.pk]}) == set()
