"""What somebody sees, asked in parts: all of it, and nothing twice."""

from collections.abc import Iterator

import pytest

from rapport.core.actors import SYSTEM, Actor
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.identity.models import Scope, Territory, VisibilityRule
from rapport.leads.models import Lead
from rapport.pipeline.models import Opportunity
from rapport.pipeline.queries import board
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def deals(fresh: None, cast: Cast) -> None:
    """Of everybody, of one's own in another's team, of nobody, in a territory, shared, and several of these at once."""
    with cast.acting(SYSTEM):
        acme, french = Organisation.create(name="Acme"), Organisation.create(name="Orly", country="FR")
        for organisation in (acme, french):
            for owner in (cast.alice, cast.bob, cast.charlie, None):
                for team in (cast.north, cast.south, None):
                    Opportunity.create(name="Deal", organisation=organisation, owner=owner, team=team, amount=100)
                    Lead.create(last_name="Rossi", owner=owner, team=team)
        Territory.draw(name="France", query="f=country:is:FR", members=[(cast.charlie, None), (cast.alice, None)])
    for deal in Opportunity.objects.filter(owner=cast.bob):
        with cast.acting(cast.bob):
            deal.share_with(user=cast.charlie)
            deal.share_with(team=cast.north)


def _everybody(cast: Cast) -> Iterator[Actor]:
    yield from (actor_for(user) for user in (cast.alice, cast.bob, cast.charlie, cast.dora))
    yield from (cast.ada, cast.stranger, SYSTEM)


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("model", [Opportunity, Lead])
def test_parts_are_all_that_is_seen_and_nothing_twice(
    deals: None, cast: Cast, model: type[Opportunity | Lead], scope: Scope
) -> None:
    with cast.acting(SYSTEM):
        VisibilityRule.objects.all()._raw_delete("default")
        VisibilityRule.create(for_type=model.record_type, scope=scope)
    for actor in _everybody(cast):
        seen = sorted(model.objects.visible_to(actor).values_list("pk", flat=True))
        parts = [key for part in model.objects.visible_parts(actor) for key in part.values_list("pk", flat=True)]
        assert sorted(parts) == seen


def test_a_board_counts_each_opportunity_once_however_many_ways_lead_to_it(deals: None, cast: Cast) -> None:
    for actor in (actor_for(user) for user in (cast.alice, cast.bob, cast.charlie, cast.dora)):
        seen = Opportunity.objects.visible_to(actor).filter(status="open").count()
        shown = board(actor, Opportunity.objects.all()[0].pipeline)
        assert sum(column.count for column in shown.columns) == seen
        assert sum(column.total.amount for column in shown.columns if column.total) == 100 * seen
