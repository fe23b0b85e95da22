"""The pages that set field rights and territories, and the panel that shares a record."""

from collections.abc import Callable

import pytest
from django.test import Client

from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.identity.models import FieldRule, Share, Territory, User
from rapport.pipeline.models import Opportunity
from rapport.web.settings.field_rights import Line
from tests.cast import Cast

SignedIn = Callable[[User], Client]
RIGHTS = "/settings/field-rights/organisation/"


@pytest.fixture
def dora(fresh: None, cast: Cast, signed_in: SignedIn) -> Client:
    return signed_in(cast.dora)


def test_a_right_chosen_holds_at_once_and_can_be_undone(cast: Cast, dora: Client) -> None:
    assert dora.get("/settings/field-rights/").status_code == 200
    answer = dora.post(RIGHTS, {"seller.employees": "hidden"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "undo" in answer.content.decode()
    assert "organisation.employees" in actor_for(cast.alice).hidden_fields
    dora.post(RIGHTS, {"seller.employees": "read"})
    assert actor_for(cast.alice).locked_fields == {"organisation.employees"}
    assert "selected>only reads" in dora.get(RIGHTS).content.decode()
    dora.post(RIGHTS, {"seller.employees": "edit"})
    assert not FieldRule.objects.exists()


def test_what_can_not_be_hidden_is_not_offered_and_refused(cast: Cast, dora: Client) -> None:
    dora.post(RIGHTS, {"seller.name": "hidden", "seller.nonsense": "hidden"})
    dora.post(RIGHTS, {"seller.employees": "nonsense"})
    assert not FieldRule.objects.exists()
    assert dora.get("/settings/field-rights/fieldrule/").status_code == 404


def test_a_role_that_edits_nothing_is_not_said_to(dora: Client) -> None:
    lines = {line.field.name: {cell.role: dict(cell.choices) for cell in line.cells} for line in _lines_of(dora)}
    assert lines["amount"]["Seller"] == {"edit": "edits", "read": "only reads", "hidden": "hidden"}
    assert lines["amount"]["Auditor"] == lines["amount"]["Support"] == {"edit": "reads", "hidden": "hidden"}
    assert lines["status"]["Seller"]["read"] == "only reads"
    assert lines["chance_to_win"]["Seller"] == {"edit": "reads", "hidden": "hidden"}


def _lines_of(dora: Client) -> list[Line]:
    found: list[Line] = dora.get("/settings/field-rights/opportunity/").context["lines"]
    return found


def test_only_administrators_set_rights(cast: Cast, signed_in: SignedIn) -> None:
    for path in (RIGHTS, "/settings/territories/", "/settings/territories/new/"):
        assert signed_in(cast.bob).get(path).status_code == 403


def test_a_territory_is_counted_drawn_redrawn_and_deleted(cast: Cast, dora: Client) -> None:
    with cast.acting(cast.dora):
        Organisation.create(name="Acme", country="FR", employees=70)
        Organisation.create(name="Beta", country="FR", employees=7)
    wanted = {"name": "France", "country": ["FR"], "least": "50", "teams": [str(cast.south.pk)]}
    preview = dora.post("/settings/territories/new/", {**wanted, "preview": "1"})
    assert "1 organisation lies in it" in preview.content.decode()
    assert not Territory.objects.exists()
    dora.post("/settings/territories/new/", wanted)
    france = Territory.objects.get()
    assert actor_for(cast.charlie).territory_ids == {france.pk}
    page = dora.get("/settings/territories/").content.decode()
    assert "South" in page
    assert "Country is France" in page
    edit = f"/settings/territories/{france.pk}/"
    assert dora.get(edit).context["form"].initial["least"] == "50"
    assert "50" in str(dora.get(edit).context["form"]["least"])
    dora.post(edit, {**wanted, "least": "", "teams": [], "people": [str(cast.charlie.pk)], "may_edit": "on"})
    assert actor_for(cast.charlie).edited_territory_ids == {france.pk}
    assert dora.post("/settings/territories/new/", {"name": "All"}).status_code == 422
    dora.post(f"{edit}remove/")
    assert not Territory.objects.exists()


def test_a_record_is_shared_and_taken_back_on_its_page(cast: Cast, dora: Client, signed_in: SignedIn) -> None:
    with cast.acting(cast.alice):
        deal = Opportunity.create(name="Pumps", owner=cast.alice)
    alice, page = signed_in(cast.alice), f"/opportunities/{deal.pk}/"
    assert alice.get(f"{page}do/share_with/").status_code == 200
    assert alice.post(f"{page}do/share_with/", {}).status_code == 422
    alice.post(f"{page}do/share_with/", {"user": str(cast.charlie.pk), "may_edit": "no"})
    assert "Charlie Costa" in alice.get(f"{page}?tab=related").content.decode()
    charlie = signed_in(cast.charlie)
    assert charlie.get(page).status_code == 200
    assert "shared with you: Pumps" in charlie.get("/notifications/").content.decode()
    assert charlie.get(f"{page}edit/next_step/").status_code == 403
    assert charlie.get(f"{page}do/share_with/").status_code == 403
    assert "shared" in alice.get(f"{page}history/").content.decode()
    alice = signed_in(cast.alice)
    alice.post(f"{page}do/stop_sharing/", {"share_id": str(Share.objects.get().pk)})
    assert signed_in(cast.charlie).get(page).status_code == 404
    assert "Pumps" not in signed_in(cast.charlie).get("/notifications/").content.decode()
