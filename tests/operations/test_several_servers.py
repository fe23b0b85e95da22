"""Two web servers and two workers on one database: what happens at one is so at the other with the next request."""

import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.processes import Kind, living
from rapport.core.seal import seal_new_events, verify_history
from rapport.directory.models import Organisation
from rapport.identity.models import User
from rapport.identity.roles import Role
from rapport.integrations.models import Import, Status
from tests.cast import PASSWORD, Cast
from tests.operations.servers import Servers, two_of_each
from tests.operations.visitor import Visitor
from tests.rights.rules import hide

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PATIENCE = 60.0  # seconds
ROWS = 60


class Person:
    """One person with a browser at each server; logged in at the first only."""

    def __init__(self, servers: Servers, user: User) -> None:
        self.a = Visitor(servers.a)
        self.a.log_in(str(user.email), PASSWORD)
        self.b = Visitor(servers.b, cookies=self.a.cookies)


def test_the_crucial_flows_through_both(cast: Cast, tmp_path: Path, fresh: None) -> None:
    with two_of_each(tmp_path) as servers:
        alice, dora = Person(servers, cast.alice), Person(servers, cast.dora)
        charlie = Person(servers, cast.charlie)
        address = _written_at_one_is_read_at_the_other(alice, cast.alice)
        _nobody_overwrites_what_another_wrote(alice, address)
        _visibility_is_obeyed_at_once(dora, charlie, address)
        _field_rights_are_obeyed_at_once(alice, address)
        _roles_are_obeyed_at_once(cast.alice, alice)
        _imports_are_done_once_by_any_worker(dora)
        _processes_are_known(dora)
        _who_logs_out_is_out_everywhere(charlie)
    _history_holds()


def _written_at_one_is_read_at_the_other(alice: Person, owner: User) -> str:
    made = alice.a.post("/organisations/new/", {"name": "Acme", "employees": "120", "owner": str(owner.pk)})
    assert made.status_code == 302, made.text[:1000]
    address = made.headers["Location"]
    assert "Acme" in alice.b.get(address).text
    assert "Acme" in alice.b.get("/search/?q=acme").text
    return str(address)


def _nobody_overwrites_what_another_wrote(alice: Person, address: str) -> None:
    form = alice.a.get(f"{address}edit/name/").text
    version = re.search(r'name="version" value="(\d+)"', form)
    assert version
    assert alice.b.post(f"{address}edit/name/", {"name": "Acme & Sons"}).status_code == 302
    late = alice.a.post(f"{address}edit/name/", {"name": "Acme Ltd", "version": version.group(1)})
    assert late.status_code == 409
    assert Organisation.objects.get().name == "Acme & Sons"


def _visibility_is_obeyed_at_once(dora: Person, charlie: Person, address: str) -> None:
    assert charlie.b.get(address).status_code == 200
    assert dora.a.post("/settings/visibility/", {"organisation": "owner"}).status_code == 302
    assert charlie.b.get(address).status_code == 404
    assert "Acme" not in charlie.b.get("/organisations/").text


def _field_rights_are_obeyed_at_once(alice: Person, address: str) -> None:
    assert "edit/employees/" in alice.b.get(address).text
    hide("organisation.employees")
    for visitor in (alice.a, alice.b):
        page = visitor.get(address)
        assert (page.status_code, "edit/employees/" in page.text) == (200, False)


def _roles_are_obeyed_at_once(user: User, alice: Person) -> None:
    with acting_as(SYSTEM):
        user.change(role=Role.READ_ONLY)
    for visitor in (alice.a, alice.b):
        assert visitor.post("/organisations/new/", {"name": "Not allowed"}).status_code == 403


def _imports_are_done_once_by_any_worker(dora: Person) -> None:
    content = "name\n" + "".join(f"Firm {row}\n" for row in range(ROWS))
    address = dora.a.post("/imports/", files={"files": ("firms.csv", content.encode())}).headers["Location"]
    dora.b.post(f"{address}check/do/")
    _wait_until(lambda: Import.objects.get().status == Status.CHECKED)
    dora.a.post(f"{address}run/do/")
    _wait_until(lambda: Import.objects.get().status == Status.DONE)
    names = Counter(Organisation.objects.filter(name__startswith="Firm ").values_list("name", flat=True))
    assert names == Counter(f"Firm {row}" for row in range(ROWS))
    assert "Every row is accounted for" in dora.b.get(address).text


def _processes_are_known(dora: Person) -> None:
    assert Counter(living().values_list("kind", flat=True)) == {Kind.WEB: 2, Kind.WORKER: 2}
    assert dora.b.get("/settings/status/").text.count("data-row") >= 4
    assert not ProcrastinateJob.objects.filter(status="failed").exists()


def _who_logs_out_is_out_everywhere(charlie: Person) -> None:
    assert charlie.a.post("/logout/").status_code == 302
    answer = charlie.b.get("/organisations/")
    assert (answer.status_code, "/login/" in answer.headers["Location"]) == (302, True)


def _history_holds() -> None:
    seal_new_events()
    assert verify_history().broken is None


def _wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.1)
