"""X2, migration in: the four files of a hardware seller go in through the pages, with their dirt, and out again."""

import re
import subprocess
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.beginnings import begin
from rapport.directory.models import Organisation
from rapport.identity.models import User
from rapport.pipeline.models import Opportunity
from tests.browser.accessibility import Inspector
from tests.cast import Cast
from tests.importing.test_maven import FOLDER, NAMES
from tests.jobs import a_worker

ROWS = {"accounts.csv": "85", "products.csv": "7", "sales_teams.csv": "35", "sales_pipeline.csv": "8,800"}
A_WHILE = 120_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="the Maven files aren't here; set RAPPORT_DATA to the folder that holds them"
    ),
]


@pytest.fixture
def worker(stage: Cast) -> Iterator["subprocess.Popen[bytes]"]:
    """Background work is done meanwhile, in a process of its own, as in production."""
    begin()
    with a_worker() as process:
        yield process
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture
def imports(worker: object, stage: Cast, sign_on: Callable[[User], Page], live_server: LiveServer) -> Page:
    """The page of imports, open for Dora."""
    page = sign_on(stage.dora)
    page.goto(f"{live_server.url}/imports/")
    return page


def test_x2_the_maven_files_go_in_are_taken_back_and_go_in_again(imports: Page) -> None:
    inspector = Inspector(imports.context)
    upload(imports)
    correct_the_mapping(imports)
    found = inspector.look_at(imports)
    check(imports)
    found += inspector.look_at(imports)
    decide(imports)
    run(imports)
    found += inspector.look_at(imports)
    assert not found, "\n".join(map(str, found))
    assert Opportunity.objects.count() == 8800
    bioholding = Organisation.objects.get(name="Bioholding")
    assert bioholding.country == "PH"
    assert not Organisation.objects.filter(industry="technolgy").exists()
    undo(imports)
    assert not Opportunity.objects.exists()
    assert not Organisation.objects.exists()
    imports.get_by_role("button", name="Import the same files again").click()
    check(imports)
    run(imports)
    assert Opportunity.objects.count() == 8800


def upload(page: Page) -> None:
    """All four at once; each is recognised."""
    page.get_by_label("Drop files here or choose them").set_input_files([FOLDER / name for name in NAMES])
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("We guessed what each file holds.")).to_be_visible(timeout=A_WHILE)
    for name, kind in zip(NAMES, ("Organisation", "Product", "User", "Opportunity"), strict=True):
        chosen = file_panel(page, name).get_by_label("Each row is").locator("option:checked")
        expect(chosen).to_have_text(re.compile(kind, re.IGNORECASE))


def correct_the_mapping(page: Page) -> None:
    """A column is kept aside, then mapped again as it was."""
    for choice in ("kept aside", "Amount"):
        panel = file_panel(page, "sales_pipeline.csv")
        options = panel.get_by_label("close_value", exact=True)
        options.select_option(
            label=next(text for text in options.locator("option").all_inner_texts() if choice in text)
        )
        panel.get_by_role("button", name="Save mapping").click()
        chosen = (
            file_panel(page, "sales_pipeline.csv").get_by_label("close_value", exact=True).locator("option:checked")
        )
        expect(chosen).to_contain_text(choice)


def file_panel(page: Page, name: str) -> Locator:
    """The mapping of a file."""
    return page.locator("section.panel[id^=file-]").filter(has=page.get_by_role("heading", name=name, exact=True))


def check(page: Page) -> None:
    """The dry run tells what each row would become, writes nothing, and corrects nothing by itself."""
    page.get_by_role("button", name="Check all rows").last.click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text("Nothing is written yet.")).to_be_visible(timeout=A_WHILE)
    assert not Opportunity.objects.exists()
    for name, rows in ROWS.items():
        expect(row_of(page, name)).to_have_text(re.compile(rf"{rows}\s+{rows}\s+0\s+0\s+0\s+0"))
    taken = page.get_by_role("row").filter(has_text="GTXPro").first
    expect(taken).to_contain_text("GTX Pro")
    expect(taken).to_contain_text("1,480")


def row_of(page: Page, name: str) -> Locator:
    """The counts of a file."""
    return page.get_by_role("group", name="Rows", exact=True).get_by_role("row").filter(has_text=name)


def decide(page: Page) -> None:
    """What is not plainly one thing is put to the person."""
    for value in ("technolgy", "Philipines"):
        choices = page.get_by_label(f"What to do with “{value}”")
        expect(choices.locator("option:checked")).not_to_have_text("take the suggestion")
        choices.select_option(label="take the suggestion")
    page.get_by_role("button", name="Save decisions").click()
    expect(page.get_by_label("What to do with “Philipines”").locator("option:checked")).to_have_text(
        "take the suggestion"
    )


def run(page: Page) -> None:
    """The import runs in the background; its report accounts for each row."""
    page.get_by_role("button", name="Import", exact=True).last.click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text("Done. Every row is accounted for.")).to_be_visible(timeout=A_WHILE)
    for name, rows in ROWS.items():
        expect(row_of(page, name)).to_have_text(re.compile(rf"{rows}\s+{rows}\s+0\s+0\s+0\s+0"))


def undo(page: Page) -> None:
    """The whole import is taken back, after a question."""
    page.get_by_role("button", name="Undo this import").click()
    page.locator("#confirm button[value=yes]").click()
    expect(page.get_by_text("Undone. The records this import made are gone")).to_be_visible(timeout=A_WHILE)
