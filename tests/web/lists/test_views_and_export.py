"""Views that are saved and shared; files of exactly what a list shows."""

import csv
import io
from collections.abc import Callable

from django.test import Client
from openpyxl import load_workbook

from rapport.core.actors import SYSTEM, acting_as
from rapport.identity.models import SavedView, User
from tests.cast import Cast

SignedIn = Callable[[User], Client]
SETUP = "f=role:is:seller&sort=-title"


def saved_by(client: Client, name: str, audience: str = "private") -> SavedView:
    answer = client.post(f"/users/views/new/?{SETUP}", {"name": name, "audience": audience})
    assert answer.status_code == 302, answer.content
    view = SavedView.objects.get(name=name)
    assert answer.headers["Location"] == f"/users/?view={view.pk}"
    return view


def test_a_saved_view_opens_as_it_was(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    view = saved_by(client, "Sellers")
    context = client.get(f"/users/?view={view.pk}").context
    assert [row.name for row in context["page"].rows] == ["Charlie Costa", "Alice Almeida"]
    assert not context["place"].is_changed


def test_private_views_are_nobody_elses_and_shared_ones_are_the_teams(cast: Cast, signed_in: SignedIn) -> None:
    saved_by(signed_in(cast.alice), "My own")
    shared = saved_by(signed_in(cast.alice), "Ours", "team")
    assert _tabs(signed_in(cast.bob)) == ["All", "Ours"]
    assert _tabs(signed_in(cast.charlie)) == ["All"]
    assert _tabs(signed_in(cast.dora)) == ["All"]
    answer = signed_in(cast.charlie).get(f"/users/?view={shared.pk}")
    assert "no longer exists, or it is not shared with you" in answer.content.decode()
    assert signed_in(cast.charlie).post(f"/users/views/{shared.pk}/remove/").status_code == 404
    assert signed_in(cast.bob).post(f"/users/views/{shared.pk}/remove/").status_code == 403


def test_a_view_is_not_cut_where_its_filters_are_too_many_to_keep(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    view = saved_by(client, "Sellers")
    filters = "&".join(f"f=name:contains:{'x' * 90}{number}" for number in range(45))
    refused = client.post(f"/users/views/{view.pk}/update/?view={view.pk}&{filters}&sort=")
    assert (refused.status_code, "too many filters" in refused.content.decode()) == (409, True)
    view.refresh_from_db()
    assert view.query == SETUP


def _tabs(client: Client) -> list[str]:
    return [str(tab.label) for tab in client.get("/users/").context["place"].tabs]


def test_only_some_may_make_views_for_everyone(cast: Cast, signed_in: SignedIn) -> None:
    refused = signed_in(cast.alice).post("/users/views/new/", {"name": "For all", "audience": "everyone"})
    assert refused.status_code == 422
    saved_by(signed_in(cast.bob), "For all", "everyone")
    assert _tabs(signed_in(cast.charlie)) == ["All", "For all"]


def test_two_views_of_one_name_are_refused_with_a_sentence(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    saved_by(client, "Twice")
    again = client.post("/users/views/new/", {"name": "Twice", "audience": "private"})
    assert "You have a view of this name already" in again.content.decode()


def test_the_view_chosen_to_open_first_opens_first(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    view = saved_by(client, "First")
    client.post(f"/users/views/{view.pk}/", {"name": "First", "audience": "private", "is_default": "on"})
    assert client.get("/users/").context["place"].current.label == "First"
    assert client.get("/users/?view=all").context["place"].current.label == "All"
    assert client.get("/users/?sort=").context["listing"].tally.count == 4


def test_changes_are_kept_in_the_view(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    view = saved_by(client, "Changing")
    client.post(f"/users/views/{view.pk}/update/?view={view.pk}&f=role:is:manager&sort=")
    assert len(client.get(f"/users/?view={view.pk}").context["page"].rows) == 1


def exported(client: Client, query: str) -> list[list[str]]:
    answer = client.get(f"/users/export.csv?{query}")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def test_a_file_holds_exactly_what_is_shown(cast: Cast, signed_in: SignedIn) -> None:
    rows = exported(signed_in(cast.alice), f"{SETUP}&cols=team,email")
    assert rows == [
        ["User", "Team", "E-mail"],
        ["Charlie Costa", "South", "charlie@rapport.example"],
        ["Alice Almeida", "North", "alice@rapport.example"],
    ]


def test_an_excel_file_holds_the_same_and_no_formula(cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        User.create(name="=1+1", role="read-only")
    answer = signed_in(cast.alice).get("/users/export.xlsx?f=role:is:read-only&sort=")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    cell = book.active["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_exporting_is_a_right(cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        cast.alice.change(role="read-only")
    assert signed_in(User.objects.get(pk=cast.alice.pk)).get("/users/export.csv").status_code == 403


def test_a_list_with_a_filter_nobody_understood_is_not_exported(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(cast.alice).get("/users/export.csv?f=x:is:1&sort=").status_code == 409
