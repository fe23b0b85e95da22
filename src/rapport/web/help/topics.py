"""The topics of the help: which pages of `docs/` there are, what each is called and about."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.core.home import CHECKOUT
from rapport.core.search_entries import normalise

from .rendering import Rendered, rendered

DOCS = CHECKOUT / "docs"
KINDS: dict[str, str | Promise] = {
    "tutorial": _("Start here"),
    "how-to": _("Do something"),
    "concepts": _("Understand"),
}


@dataclass(frozen=True)
class Topic:
    """One page of the help."""

    name: str
    kind: str
    content: Rendered

    @property
    def group(self) -> str | Promise:
        """The heading under which it stands in the table of contents."""
        return KINDS[self.kind]

    @property
    def title(self) -> str:
        """Its heading."""
        return self.content.title

    def answers(self, question: str) -> bool:
        """Whether every word asked for stands in the title or in a heading."""
        known = normalise(" ".join([self.name, self.title, *(heading.text for heading in self.content.headings)]))
        return all(word in known for word in normalise(question).split())


def topics() -> list[Topic]:
    """All of them, tutorial first; none when Rapport was installed without its `docs/`."""
    return [_topic(path, _changed(path)) for kind in KINDS for path in sorted(_files(kind))]


def topic_named(name: str) -> Topic | None:
    """The one of this name."""
    return next((topic for topic in topics() if topic.name == name), None)


def _files(kind: str) -> Iterator[Path]:
    return (DOCS / kind).glob("*.md")


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns


@lru_cache(maxsize=128)
def _topic(path: Path, _changed_at: int) -> Topic:
    return Topic(
        path.stem, path.parent.name, rendered(path.read_text("utf-8"), leads_to=lambda name: _leads(path, name))
    )


def _leads(page: Path, link: str) -> str:
    """The address of the topic that a link between two pages of `docs/` means; empty when it isn't in the help."""
    target = (page.parent / link).resolve()
    is_topic = target.suffix == ".md" and target.parent.parent == DOCS and target.parent.name in KINDS
    return f"/help/{target.stem}/" if is_topic and target.exists() else ""
