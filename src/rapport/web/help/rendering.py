"""Markdown of `docs/` as HTML: headings get anchors, links between pages become links inside the help."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

LeadsTo = Callable[[str], str]
SUMMARY = 180
_ELSEWHERE = re.compile(r"^(https?:|mailto:)", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """A heading inside a page, and the anchor to reach it by."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Rendered:
    """A page without its title: that stands above it."""

    title: str
    summary: str
    html: SafeString
    headings: list[Heading] = field(default_factory=list)


def rendered(text: str, *, leads_to: LeadsTo) -> Rendered:
    """The page. `leads_to` gives the address a relative link means, or nothing: then only its text is shown."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    tokens = reader.parse(text)
    title, body = _without_title(tokens)
    headings = _anchored(body)
    for token in body:
        _lead_on(token.children or [], leads_to)
    # Safe: the renderer escapes text, raw HTML is off, and the addresses of links were checked by the parser.
    html = mark_safe(reader.renderer.render(body, reader.options, {}))  # noqa: S308
    return Rendered(title, _summary(body), html, headings)


def _without_title(tokens: list[Token]) -> tuple[str, list[Token]]:
    if tokens and tokens[0].tag == "h1":
        return _plain(tokens[1]), tokens[3:]
    return "", tokens


def _anchored(tokens: Sequence[Token]) -> list[Heading]:
    found = []
    for opening, inside in pairwise(tokens):
        if opening.type == "heading_open":
            text = _plain(inside)
            opening.attrSet("id", slugify(text))
            found += [Heading(slugify(text), text)] if opening.tag == "h2" else []
    return found


def _lead_on(inside: Sequence[Token], leads_to: LeadsTo) -> None:
    """Turns relative links into addresses of the help; a link that leads out of it loses its underline."""
    open_links: list[Token] = []
    for token in inside:
        if token.type == "link_open":
            open_links.append(token)
            _redirect(token, leads_to)
        elif token.type == "link_close":
            token.tag = open_links.pop().tag


def _redirect(link: Token, leads_to: LeadsTo) -> None:
    page, _mark, anchor = str(link.attrs.get("href", "")).partition("#")
    if not page or page.startswith("/") or _ELSEWHERE.match(page):
        return
    address = leads_to(page)
    link.attrs = {"href": address + (f"#{anchor}" if anchor else "")} if address else {}
    link.tag = "a" if address else "span"


def _summary(tokens: Sequence[Token]) -> str:
    """The first paragraph, cut at a word."""
    inside = (after for token, after in pairwise(tokens) if token.type == "paragraph_open")
    text = _plain(next(inside, None))
    return text if len(text) <= SUMMARY else text[:SUMMARY].rpartition(" ")[0] + " …"


def _plain(inside: Token | None) -> str:
    parts = inside.children or [] if inside else []
    return "".join(" " if part.type == "softbreak" else part.content for part in parts)
