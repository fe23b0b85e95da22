"""What the palette shows while somebody types, and the page of all results."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from rapport.core.search import Hit, search
from rapport.core.search_candidates import CANDIDATES
from rapport.governance.dictionary import RecordTypeEntry, entries
from rapport.web.middleware import ActingRequest
from rapport.web.places import SLUGS, record_address
from rapport.web.ui.addresses import whole_number
from rapport.web.ui.palette import PaletteGroup, PaletteItem, palette_answer

SHOWN = 9
PAGE = 25
_LONGEST = 200


@dataclass(frozen=True)
class Kind:
    """A record type among the results: how many of it were found."""

    label: str
    href: str
    count: str
    is_current: bool


@dataclass(frozen=True)
class Result:
    """One record found."""

    title: str
    href: str
    label: str
    icon: str


@require_GET
def palette(request: ActingRequest) -> HttpResponse:
    """The records that answer what was typed; pages and creations that fit are added by the kit."""
    asked = _asked(request)
    hits = search(request.actor, asked, types=_types(), limit=SHOWN) if asked else []
    found = [PaletteItem(hit.title, _address(hit), _entry(hit).icon, detail=_entry(hit).label) for hit in hits]
    if asked:
        everything = f"/search/?{urlencode({'q': asked})}"
        found.append(PaletteItem(_("All results for “%(asked)s”") % {"asked": asked}, everything, "search"))
    label = gettext_lazy("Records")
    return palette_answer(request, asked, [PaletteGroup(label, found)] if found else [])


def _asked(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:_LONGEST]


def _types() -> list[str]:
    """The types whose records have a page."""
    return [name for name in SLUGS if name in entries()]


def _entry(hit: Hit) -> RecordTypeEntry:
    return entries()[hit.record_type]


def _address(hit: Hit) -> str:
    return record_address(hit.record_type, hit.record_id)


@require_GET
def results(request: ActingRequest) -> HttpResponse:
    """Everything that was found, by type and page."""
    asked, kind = _asked(request), request.GET.get("type", "")
    hits = search(request.actor, asked, types=_types(), limit=CANDIDATES) if asked else []
    chosen = [hit for hit in hits if hit.record_type == kind] if kind in entries() else hits
    number = _page_number(request, len(chosen))
    shown = chosen[number * PAGE : (number + 1) * PAGE]
    context = {
        "asked": asked,
        "kinds": _kinds(hits, asked, kind),
        "results": [Result(hit.title, _address(hit), str(_entry(hit).label), _entry(hit).icon) for hit in shown],
        "summary": _summary(len(shown), len(chosen)),
        "previous": _to(asked, kind, number - 1) if number else "",
        "next": _to(asked, kind, number + 1) if (number + 1) * PAGE < len(chosen) else "",
    }
    return render(request, "search/page.html", context)


def _page_number(request: HttpRequest, count: int) -> int:
    wanted = whole_number(request.GET.get("page", "")) or 1
    return max(0, min(wanted - 1, (count - 1) // PAGE))


def _to(asked: str, kind: str, number: int = 0) -> str:
    parameters = {"q": asked, "type": kind, "page": str(number + 1) if number else ""}
    return "/search/?" + urlencode({name: value for name, value in parameters.items() if value})


def _kinds(hits: Sequence[Hit], asked: str, kind: str) -> list[Kind]:
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.record_type] = counts.get(hit.record_type, 0) + 1
    everything = Kind(_("All"), _to(asked, ""), _counted(len(hits)), kind not in counts)
    ordered = [name for name in SLUGS if name in counts]
    return [everything] + [
        Kind(str(entries()[name].plural), _to(asked, name), _counted(counts[name]), name == kind) for name in ordered
    ]


def _counted(count: int) -> str:
    return f"{count}+" if count >= CANDIDATES else str(count)


def _summary(shown: int, count: int) -> str:
    if count >= CANDIDATES:
        return _("%(shown)d of the best %(count)d: say more to find less") % {"shown": shown, "count": count}
    return _("%(shown)d of %(count)d") % {"shown": shown, "count": count}
