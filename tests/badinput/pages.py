"""What a page asks: its forms with their inputs, as a browser would send them; and what must never be on one."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .strings import MARK

Answers = dict[str, list[str]]

NOT_TYPED = frozenset({"hidden", "submit", "button", "image", "reset", "file", "checkbox", "radio"})
_ALIVE = re.compile(
    rf"<script[^>]*>[^<]*{MARK}|<(?:img|svg)[^>]*\bon\w+\s*=[^>]*{MARK}|href=[\"']?javascript:|<!--{MARK}",
    re.IGNORECASE,
)
_EVALUATED = re.compile(f"{MARK}alive")


@dataclass
class Form:
    """One form of a page: where it goes and what it holds; `typed` are the names one may type into."""

    action: str
    method: str
    answers: Answers = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """What makes two forms the same: address without ids, and the names of the inputs."""
        return (self.method, re.sub(r"[0-9a-f-]{36}|\d+", "…", self.action), tuple(sorted(self.answers)))


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms, self.loose = address, [Form(address, "none")], Form(address, "none")
        self.by_id: dict[str, Form] = {}
        self.select: str = ""
        self.area: str = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = given.get("action") or given.get("hx-post") or self.address
            self.forms.append(Form(action, given.get("method", "get").lower()))
            self.by_id[given.get("id", "")] = self.forms[-1]
        form = self.by_id.get(given.get("form", ""), self.forms[-1]) if "form" in given else self.forms[-1]
        name = given.get("name", "")
        if tag == "input" and name:
            self._input(form, name, given)
        elif tag in {"select", "textarea"} and name:
            self.select, self.area = (name, "") if tag == "select" else ("", name)
            form.answers.setdefault(name, [])
            form.typed.append(name)
        elif tag == "option" and self.select and not form.answers[self.select] and given.get("value"):
            form.answers[self.select] = [given["value"]]

    def _input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind == "file":
            form.files.append(name)
        elif kind not in {"checkbox", "radio"} or "checked" in given:
            form.answers.setdefault(name, []).append(given.get("value", ""))
        if kind not in NOT_TYPED:
            form.typed.append(name)

    def handle_data(self, text: str) -> None:
        if self.area:
            self.forms[-1].answers[self.area] = [text]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.forms.append(Form(self.address, "none"))
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""


def forms_of(page: str, address: str) -> list[Form]:
    """The forms of a page that have something to send."""
    reader = _Reader(address)
    reader.feed(page)
    return [form for form in reader.forms if form.method in {"get", "post"}]


def came_alive(page: str) -> str:
    """The piece of a page where a string of ours acts as markup; empty when there is none."""
    found = _ALIVE.search(page) or _EVALUATED.search(page)
    return page[max(0, found.start() - 60) : found.end() + 60] if found else ""
