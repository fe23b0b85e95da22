"""The help: every page of it opens, every link inside it and every link to it leads somewhere."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils.text import slugify

from rapport.core.home import PACKAGE
from rapport.identity.models import User
from rapport.web.help import topics as shelf
from rapport.web.help.beside import TOPIC_OF, help_address
from rapport.web.help.rendering import rendered
from rapport.web.help.topics import topics
from tests.cast import Cast

SignedIn = Callable[[User], Client]
NAMES = [topic.name for topic in topics()]
LINK = re.compile(r'href="([^"]+)"')


def test_there_is_a_tutorial_first_and_no_two_topics_share_a_name() -> None:
    assert topics()[0].kind == "tutorial"
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_every_topic_opens_with_its_title(cast: Cast, signed_in: SignedIn, name: str) -> None:
    page = signed_in(cast.alice).get(f"/help/{name}/")
    assert page.status_code == 200
    assert page.context["topic"].title
    assert page.context["topic"].content.summary


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_every_link_inside_the_help_leads_somewhere(topic: shelf.Topic) -> None:
    for link in LINK.findall(topic.content.html):
        path, _mark, anchor = link.partition("#")
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        target = shelf.topic_named(path.removeprefix("/help/").strip("/")) if path else topic
        assert target, link
        assert not anchor or f'id="{anchor}"' in target.content.html, link


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_every_link_of_the_page_in_the_checkout_leads_somewhere(topic: shelf.Topic) -> None:
    page = shelf.DOCS / topic.kind / f"{topic.name}.md"
    for link in re.findall(r"\]\(([^)#\s]+)", page.read_text()):
        assert link.startswith("http") or (page.parent / link).exists(), link


def test_every_link_to_the_help_has_a_page() -> None:
    linked = {name for path in _pages() for name in re.findall(r"/help/([\w-]+)/", path.read_text())}
    assert {"rights", "dictionary"} <= linked
    assert linked <= set(NAMES)
    assert set(TOPIC_OF.values()) <= set(NAMES)


def _pages() -> list[Path]:
    return [*PACKAGE.glob("web/templates/**/*.html"), *(p for p in PACKAGE.rglob("*.py") if p.parent.name != "help")]


@pytest.mark.django_db
def test_titles_and_headings_are_searched(cast: Cast, signed_in: SignedIn) -> None:
    alice = signed_in(cast.alice)
    assert [topic.name for topic in alice.get("/help/?q=HISTORY undo").context["topics"]] == ["history-and-undo"]
    nothing = alice.get("/help/?q=zzzz")
    assert "No page of the help is called like that" in nothing.content.decode()


@pytest.mark.django_db
def test_an_unknown_topic_is_not_found(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(cast.alice).get("/help/no-such-thing/").status_code == 404


@pytest.mark.django_db
def test_without_its_pages_the_help_says_so(
    cast: Cast, signed_in: SignedIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "DOCS", tmp_path)
    page = signed_in(cast.alice).get("/help/")
    assert "The help is not installed here" in page.content.decode()


@pytest.mark.django_db
def test_in_another_language_it_says_that_it_is_in_english(cast: Cast, signed_in: SignedIn) -> None:
    alice = signed_in(cast.alice)
    assert "written in English" not in alice.get("/help/").content.decode()
    alice.post("/language/", {"language": "fr"})
    assert 'class="notice' in alice.get("/help/").content.decode()


def test_html_in_a_page_stays_text_and_links_out_of_the_help_become_text() -> None:
    page = rendered("# A\n\n<b>x</b> [in](in.md#b) [out](../out.py)\n\n## B c", leads_to={"in.md": "/help/in/"}.get)
    assert "&lt;b&gt;" in page.html
    assert '<a href="/help/in/#b">in</a>' in page.html
    assert "<span>out</span>" in page.html
    assert [heading.anchor for heading in page.headings] == [slugify("B c")]


@pytest.mark.parametrize(
    ("path", "topic"),
    [
        ("/quality/rules/vat_number/", "data-quality"),
        ("/quality/duplicates/lead/", "duplicates"),
        ("/insights/segments/", "outlooks"),
        ("/settings/jobs/", "watch-over-rapport"),
        ("/settings/field-rights/", "rights"),
        ("/opportunities/new/", "pipeline"),
    ],
)
def test_the_sign_above_a_page_leads_to_what_it_is_about(path: str, topic: str) -> None:
    assert help_address(path) == f"/help/{topic}/"


def test_where_no_topic_is_about_a_page_the_sign_leads_to_all() -> None:
    assert help_address("/insights/") == help_address("/") == "/help/"
