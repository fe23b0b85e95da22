"""What each role may do with an own record type is said in its settings, and holds everywhere at once."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, Actor, acting_as
from rapport.core.editions import catch_up
from rapport.core.problems import Forbidden
from rapport.core.records import Record
from rapport.governance.dictionary import entry_of
from rapport.governance.models import OwnType
from rapport.identity.actors import actor_for
from rapport.identity.models import ApiToken, User
from rapport.identity.tokens import actor_of
from tests.cast import Cast

from .test_own_types import VISIT, site_visits

SignedIn = Callable[[User], Client]
ACTIONS = ("read", "create", "change", "remove")


def allowed(actor: Actor) -> list[str]:
    return [action for action in ACTIONS if actor.may(f"{VISIT}.{action}")]


@pytest.fixture
def visit(cast: Cast) -> Record:
    model = site_visits()
    with acting_as(SYSTEM):
        return model.create(name="Roof", owner=cast.alice)


def say(**rights: list[str]) -> None:
    with acting_as(SYSTEM):
        OwnType.objects.get(key=VISIT).change(rights={role.replace("_", "-"): told for role, told in rights.items()})
        catch_up()


def test_it_is_said_in_the_settings(cast: Cast, signed_in: SignedIn, visit: Record) -> None:
    own = OwnType.objects.get(key=VISIT)
    told = {"label": "Site visit", "plural": "Site visits", "icon": "box", "right-seller": "read create"}
    answer = signed_in(cast.dora).post(f"/settings/types/{own.pk}/", told | {"right-read-only": "nothing"})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    own.refresh_from_db()
    assert own.rights == {"seller": ["read", "create"], "read-only": []}
    page = signed_in(cast.dora).get(f"/settings/types/{own.pk}/").content.decode()
    assert '<option value="read create" selected' in page


def test_what_a_role_may_not_is_refused(cast: Cast, signed_in: SignedIn, visit: Record) -> None:
    assert allowed(actor_for(cast.alice)) == list(ACTIONS)
    say(seller=["read"])
    assert allowed(actor_for(cast.alice)) == ["read"]
    alices, page = signed_in(cast.alice), f"/own/site-visit/{visit.pk}/"
    assert alices.get(page).status_code == 200
    assert alices.get(f"{page}edit/").status_code == 403
    assert alices.get("/own/site-visit/new/").status_code == 403
    with acting_as(actor_for(cast.alice)), pytest.raises(Forbidden):
        entry_of(VISIT).model.change_several([visit.pk], name="Cellar")
    assert allowed(actor_for(cast.bob)) == list(ACTIONS)


def test_who_may_not_read_finds_nothing(cast: Cast, signed_in: SignedIn, visit: Record) -> None:
    say(seller=[])
    alices = signed_in(cast.alice)
    assert alices.get(f"/own/site-visit/{visit.pk}/").status_code == 404
    assert "Roof" not in alices.get("/search/", {"q": "roof"}).content.decode()
    assert "/own/site-visit/" not in alices.get("/").content.decode()


def test_a_role_can_be_given_more(cast: Cast, visit: Record) -> None:
    assert allowed(replace(actor_for(cast.alice), permissions=frozenset({"own.read"}))) == ["read"]
    with acting_as(SYSTEM):
        cast.charlie.change(role="read-only")
    say(read_only=["create"])
    assert allowed(actor_for(cast.charlie)) == ["read", "create"]
    assert allowed(actor_for(cast.dora)) == list(ACTIONS)


def test_a_token_has_no_more_than_its_scopes(cast: Cast, visit: Record) -> None:
    say(seller=["read", "create"])
    for scopes, told in ((["*"], ["read", "create"]), (["own.read"], ["read"]), (["lead.*"], [])):
        assert allowed(actor_of(ApiToken(user=cast.alice, scopes=scopes))) == told
