"""What the command palette and the record pickers show. The page domain that owns search fills them.

`/palette/?q=` (address named "palette") answers with `palette_answer(request, query, groups)`, where `groups` are the
records found; the pages and the things to create that fit are added here. Pages below those of the navigation, such
as each of the settings, are offered by their domain in `MORE_PAGES`, and found by their names.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import current_actor
from rapport.core.search_entries import normalise
from rapport.web.ui import navigation
from rapport.web.ui.keys import Key
from rapport.web.ui.navigation import Text


@dataclass(frozen=True)
class PaletteItem:
    """A link: a record, a page or an action. `dialog`: opens in the shared dialog. `keys`: caps shown at the end."""

    title: Text
    href: str
    icon: str = "arrow-right"
    detail: Text = ""
    dialog: bool = False
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaletteGroup:
    """Items under one heading."""

    label: Text
    items: Sequence[PaletteItem]


@dataclass(frozen=True)
class Option:
    """One record in a picker."""

    value: str
    title: str
    detail: Text = ""
    icon: str = ""


MORE_PAGES: list[Callable[[], Iterable[PaletteItem]]] = []
"""Each gives the pages of a domain that the current actor may open."""


def palette_answer(request: HttpRequest, query: str, groups: Sequence[PaletteGroup] = ()) -> HttpResponse:
    """The fragment for the palette: what was found, then pages and creations that fit."""
    shown = [group for group in (*groups, *_own_groups(query)) if group.items]
    return render(request, "fragments/palette.html", {"groups": shown, "query": query})


def _own_groups(query: str) -> list[PaletteGroup]:
    allows = current_actor().may
    pages = [
        PaletteItem(
            entry.label, entry.href, entry.icon, keys=tuple(Key(f"g {entry.key}", "").caps) if entry.key else ()
        )
        for entry in navigation.entries(allows)
    ]
    if query:
        pages += [page for more in MORE_PAGES for page in more()]
    creations = [
        PaletteItem(creation.label, creation.href, creation.icon, dialog=True)
        for creation in navigation.creations(allows)
    ]
    return [PaletteGroup(_("Go to"), _fitting(pages, query)), PaletteGroup(_("Create"), _fitting(creations, query))]


def _fitting(items: list[PaletteItem], query: str) -> list[PaletteItem]:
    wanted = normalise(query).split()
    return [item for item in items if all(word in normalise(str(item.title)) for word in wanted)]
