"""The settings: each page for those who may open it, and what is done there."""

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.events import Event
from rapport.core.jobs import seal_history
from rapport.core.overdue_jobs import LONGEST, OverdueJob
from rapport.core.seal import seal_new_events
from rapport.governance.dictionary import entries
from rapport.identity.actors import actor_for
from rapport.identity.models import Scope, User, VisibilityRule
from rapport.intelligence.jobs import learn_one
from tests.cast import PASSWORD, Cast
from tests.clients import signed_in

pytestmark = pytest.mark.django_db

FOR_EVERYBODY = ["/settings/", "/settings/account/", "/settings/account/password/", "/settings/dictionary/"]
FOR_ADMINISTRATORS = [
    *(
        "/settings/users/",
        "/settings/teams/",
        "/settings/roles/",
        "/settings/visibility/",
        "/settings/stages/",
        "/settings/currencies/",
    ),
    *("/settings/history/", "/settings/jobs/"),
]


@pytest.mark.parametrize("address", FOR_EVERYBODY)
def test_everybody_who_is_signed_in_opens_these(cast: Cast, address: str) -> None:
    assert signed_in(cast.alice).get(address).status_code == 200


@pytest.mark.parametrize("address", FOR_ADMINISTRATORS)
def test_only_those_who_look_after_the_settings_open_these(cast: Cast, address: str) -> None:
    assert signed_in(cast.dora).get(address).status_code == 200
    assert signed_in(cast.alice).get(address).status_code == 403


@pytest.mark.parametrize("address", FOR_EVERYBODY + FOR_ADMINISTRATORS)
def test_a_stranger_is_sent_to_the_log_in(db: None, address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/login/")


def test_people_change_their_own_account(cast: Cast) -> None:
    answers = {
        "name": "Alice A.",
        "job_title": "Hunter",
        "phone": "+351 213 000 000",
        "language": "pt",
        "time_zone": "Europe/Lisbon",
    }
    response = signed_in(cast.alice).post("/settings/account/", answers)
    assert response.status_code == 302
    cast.alice.refresh_from_db()
    assert (cast.alice.name, cast.alice.phone, cast.alice.language) == ("Alice A.", "+351213000000", "pt")


def test_a_wrong_value_is_answered_with_what_to_do_and_kept(cast: Cast) -> None:
    answers = {"name": "Alice", "phone": "12", "language": "en", "time_zone": "UTC"}
    response = signed_in(cast.alice).post("/settings/account/", answers)
    assert response.status_code == 422
    assert "not a phone number" in response.content.decode()


def test_nobody_changes_another_s_account(cast: Cast) -> None:
    from rapport.core.problems import Forbidden

    with acting_as(actor_for(cast.charlie)), pytest.raises(Forbidden):
        cast.alice.change_own_account(name="Mallory")


def test_a_new_password_needs_the_present_one(cast: Cast) -> None:
    client = signed_in(cast.alice)
    wrong = client.post("/settings/account/password/", {"present": "nonsense", "new": "another good one 77"})
    assert wrong.status_code == 422
    right = client.post("/settings/account/password/", {"present": PASSWORD, "new": "another good one 77"})
    assert right.status_code == 302
    assert client.get("/settings/account/").status_code == 200
    assert User.objects.get(pk=cast.alice.pk).check_password("another good one 77")


def test_an_administrator_sets_a_password_and_switches_a_user_off_and_on(cast: Cast) -> None:
    client = signed_in(cast.dora)
    client.post("/login/confirm/?next=/settings/", {"password": PASSWORD})
    client.post(f"/settings/users/{cast.alice.pk}/password/", {"password": "given by Dora 2026"})
    assert User.objects.get(pk=cast.alice.pk).check_password("given by Dora 2026")
    client.post(f"/settings/users/{cast.alice.pk}/activity/")
    assert not User.objects.get(pk=cast.alice.pk).is_active
    client.post(f"/settings/users/{cast.alice.pk}/activity/")
    assert User.objects.get(pk=cast.alice.pk).is_active


def test_who_is_switched_off_is_out_at_once(cast: Cast) -> None:
    alice = signed_in(cast.alice)
    signed_in(cast.dora).post(f"/settings/users/{cast.alice.pk}/activity/")
    assert alice.get("/settings/").status_code == 302


def test_a_visibility_rule_holds_at_once_and_can_be_undone(cast: Cast) -> None:
    client = signed_in(cast.dora)
    client.post("/settings/visibility/", {"opportunity": Scope.OWNER})
    assert VisibilityRule.objects.get(for_type="opportunity").scope == Scope.OWNER
    assert actor_for(cast.alice).scopes == {"opportunity": Scope.OWNER}
    event = Event.objects.latest("id")
    assert (event.verb, event.actor_name) == ("visibilityrule.create", cast.dora.name)


def test_a_scope_out_of_the_list_is_refused(cast: Cast) -> None:
    response = signed_in(cast.dora).post("/settings/visibility/", {"opportunity": "everybody"})
    assert response.status_code in (400, 409, 422)
    assert not VisibilityRule.objects.exists()


def test_a_rate_is_set_and_set_again(cast: Cast) -> None:
    client = signed_in(cast.dora)
    assert client.post("/settings/currencies/", {"code": "GBP", "rate": "1.15"}).status_code == 302
    assert client.post("/settings/currencies/", {"code": "GBP", "rate": "1.16"}).status_code == 302
    assert "1.16" in client.get("/settings/currencies/").content.decode()
    assert client.post("/settings/currencies/", {"code": "GBP", "rate": "-1"}).status_code == 422
    assert client.post("/settings/currencies/", {"code": "???", "rate": "1"}).status_code == 422


def test_the_dictionary_explains_each_field_and_is_searched(cast: Cast) -> None:
    client = signed_in(cast.alice)
    assert "The address to sign in with" in client.get("/settings/dictionary/user/").content.decode()
    assert "The address to sign in with" in client.get("/settings/dictionary/?q=sign in with").content.decode()
    assert client.get("/settings/dictionary/nonsense/").status_code == 404
    told = {name: client.get(f"/settings/dictionary/{name}/").status_code for name in entries()}
    assert set(told.values()) == {200}, told


def test_the_history_shows_what_was_done_and_pages_back(cast: Cast) -> None:
    client = signed_in(cast.dora)
    page = client.get("/settings/history/?verb=user.create&who=Rapport").content.decode()
    assert "Alice Almeida" in page
    assert client.get("/settings/history/?before=99999999999999999999999").status_code == 200
    assert client.get("/settings/history/?before=x&who=%00").status_code == 200


def test_the_check_of_the_history_is_one_click(cast: Cast) -> None:
    seal_new_events()
    page = signed_in(cast.dora).post("/settings/history/verify/").content.decode()
    assert "The history is whole" in page


def test_a_waiting_job_can_be_cancelled(cast: Cast) -> None:
    from rapport.core.jobs import seal_history

    with acting_as(SYSTEM):
        seal_history.defer()
    job = ProcrastinateJob.objects.get(task_name="core.jobs.seal_history")
    client = signed_in(cast.dora)
    assert "Seal the history" in client.get("/settings/jobs/?state=todo").content.decode()
    client.post(f"/settings/jobs/{job.pk}/cancel/")
    assert ProcrastinateJob.objects.get(pk=job.pk).status == "cancelled"
    assert client.post(f"/settings/jobs/{job.pk}/nonsense/").status_code == 404


def test_done_work_stands_once_for_each_kind(cast: Cast) -> None:
    for state in ("succeeded", "succeeded", "todo"):
        with acting_as(SYSTEM):
            number = seal_history.defer()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [state, number])
    client = signed_in(cast.dora)
    page = client.get("/settings/jobs/").content.decode().partition("By the clock")[0]
    assert page.count("Seal the history") == 2
    assert '<tr><th scope="row">Seal the history</th><td class="number">2</td></tr>' in page
    one_by_one = client.get("/settings/jobs/?state=succeeded").content.decode().partition("By the clock")[0]
    assert (one_by_one.count("Seal the history"), "Done lately" in one_by_one) == (2, False)


def test_learning_that_runs_can_be_stopped_and_other_work_cannot(cast: Cast) -> None:
    with acting_as(SYSTEM):
        learning, sealing = learn_one.defer(name="win"), seal_history.defer()
    client = signed_in(cast.dora)
    assert "had ended already" in client.post(f"/settings/jobs/{learning}/stop/", follow=True).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = ANY(%s)", [[learning, sealing]])
    page = client.get("/settings/jobs/?state=doing").content.decode()
    assert (f"/settings/jobs/{learning}/stop/" in page, f"/settings/jobs/{sealing}/stop/" in page) == (True, False)
    assert signed_in(cast.alice).post(f"/settings/jobs/{learning}/stop/").status_code == 403
    for job_id in (learning, sealing):
        client.post(f"/settings/jobs/{job_id}/stop/")
    asked = ProcrastinateJob.objects.filter(abort_requested=True)
    assert [job.pk for job in asked] == [learning]
    page = client.get("/settings/jobs/?state=doing").content.decode()
    assert "It is being stopped." in page
    assert f"/settings/jobs/{learning}/stop/" not in page


def overdue_job() -> int:
    """One that was parked because it took too long."""
    with acting_as(SYSTEM):
        job_id = seal_history.defer()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job_id])
    OverdueJob.objects.create(job_id=job_id, longest=LONGEST)
    return job_id


def test_a_job_that_was_ended_for_taking_too_long_says_so(cast: Cast) -> None:
    overdue_job()
    client = signed_in(cast.dora)
    page = client.get("/settings/jobs/?state=failed").content.decode()
    assert "It took longer than 6 hours and was ended with its worker on" in page
    assert "Try again" in page
    assert "because they took too long" in client.get("/settings/status/").content.decode()


def test_a_parked_job_is_tried_again_and_no_longer_called_too_long(cast: Cast) -> None:
    job_id, client = overdue_job(), signed_in(cast.dora)
    page = client.post(f"/settings/jobs/{job_id}/retry/", follow=True).content.decode()
    assert f"Job {job_id} waits for a worker." in page
    assert ProcrastinateJob.objects.get(pk=job_id).status == "todo"
    assert not OverdueJob.objects.exists()
    assert client.post(f"/settings/jobs/{job_id}/retry/").status_code == 302


def test_a_parked_job_is_left_to_one_like_it_that_waits(cast: Cast) -> None:
    job_id, client = overdue_job(), signed_in(cast.dora)
    with acting_as(SYSTEM):
        seal_history.defer()
    page = client.post(f"/settings/jobs/{job_id}/retry/", follow=True).content.decode()
    assert "Another job like it waits already" in page
    assert ProcrastinateJob.objects.get(pk=job_id).status == "failed"
    assert OverdueJob.objects.exists()


def test_what_jobs_do_is_told_in_the_language_of_the_reader(cast: Cast) -> None:
    client = Client(headers={"Accept-Language": "fr"})
    with cast.acting(cast.dora):
        cast.dora.change(language="fr")
    client = Client()
    client.force_login(cast.dora)
    page = client.get("/settings/jobs/").content.decode()
    assert "Écrit une sauvegarde" in page
    assert "Write a backup" not in page


def test_roles_name_those_that_may_on_a_card_too(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.dora)
    page = client.get("/settings/roles/").content.decode()
    assert '<td data-label="Auditor" data-refused>' in page
    assert '<td data-label="Administrator"><svg' in page


def test_the_history_names_types_actions_and_sources_in_words(cast: Cast) -> None:
    with cast.acting(cast.dora):
        cast.dora.change(language="fr")
    client = Client()
    client.force_login(cast.dora)
    page = client.get("/settings/history/").content.decode()
    assert '<span class="soft">utilisateur</span>' in page
    assert "Rapport lui-même" in page
    assert '<option value="opportunity.win">' in page
    assert ">opportunity.win<" not in page
