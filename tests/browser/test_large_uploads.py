"""X2: a large file whose upload breaks goes on where it stopped, by itself or when it is chosen again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, Route, expect
from pytest_django.live_server_helper import LiveServer

from rapport.identity.models import User
from rapport.integrations.models import Import
from tests.cast import Cast

PIECE = 4 * 1024 * 1024
A_WHILE = 120_000
ADDRESS = "**/imports/uploads/*/"

pytestmark = pytest.mark.slow


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file of three pieces."""
    path = tmp_path / "large.csv"
    row = "Company %d,France," + "x" * 1000 + "\n"
    path.write_text("account,country,remark\n" + "".join(row % number for number in range(10_000)))
    assert 2 * PIECE < path.stat().st_size < 3 * PIECE
    return path


@pytest.fixture
def imports(stage: Cast, sign_on: Callable[[User], Page], live_server: LiveServer) -> Page:
    page = sign_on(stage.dora)
    page.goto(f"{live_server.url}/imports/")
    return page


class Connection:
    """What is sent in pieces; it breaks at the pieces one says, and can be cut for good."""

    def __init__(self, page: Page, *, breaks_at: set[int]) -> None:
        self.offsets: list[int] = []
        self._breaks_at = breaks_at
        page.route(ADDRESS, self._pass)

    def _pass(self, route: Route, request: Request) -> None:
        if request.method != "PATCH":
            route.continue_()
            return
        offset = int(request.headers["upload-offset"])
        self.offsets.append(offset)
        if offset in self._breaks_at:
            self._breaks_at.remove(offset)
            route.abort("connectionreset")
        else:
            route.continue_()


def choose_and_upload(page: Page, path: Path) -> None:
    page.get_by_label("Drop files here or choose them").set_input_files(path)
    page.get_by_role("button", name="Upload").click()


def is_taken_in(page: Page, path: Path) -> None:
    expect(page.get_by_text("We guessed what each file holds.")).to_be_visible(timeout=A_WHILE)
    assert Import.objects.get().files.get().path.read_bytes() == path.read_bytes()


def test_x2_an_upload_goes_on_by_itself_when_the_connection_breaks(imports: Page, large: Path) -> None:
    connection = Connection(imports, breaks_at={PIECE})
    choose_and_upload(imports, large)
    is_taken_in(imports, large)
    assert connection.offsets == [0, PIECE, PIECE, 2 * PIECE]


def test_x2_an_upload_that_was_stopped_goes_on_when_the_file_is_chosen_again(imports: Page, large: Path) -> None:
    held: list[Route] = []
    imports.route(ADDRESS, lambda route: held.append(route) if _is_second(route.request) else route.continue_())
    choose_and_upload(imports, large)
    expect(imports.locator("[data-upload-state]")).to_contain_text("sent", timeout=A_WHILE)
    while not held:  # the second piece is under way
        imports.wait_for_timeout(50)
    imports.get_by_role("button", name="Stop").click()
    expect(imports.locator("[data-upload-state]")).to_contain_text("Stopped")
    assert not Import.objects.exists()
    imports.unroute(ADDRESS)
    imports.reload()
    connection = Connection(imports, breaks_at=set())
    choose_and_upload(imports, large)
    is_taken_in(imports, large)
    assert connection.offsets == [PIECE, 2 * PIECE]


def _is_second(request: Request) -> bool:
    return request.method == "PATCH" and request.headers["upload-offset"] != "0"
