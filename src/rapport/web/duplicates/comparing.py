"""Records side by side: what differs, what speaks for the same; which one stays, and whose value each field gets."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rapport.core.clock import now
from rapport.core.merging.mergeable import Merging
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.quality.duplicates.review import groups, most_telling, pairs_between
from rapport.quality.models import DuplicateDecision, DuplicatePair, PairVerdict
from rapport.web.middleware import ActingRequest
from rapport.web.records.lookup import page_or_404
from rapport.web.records.page import RecordPage

from .fields import Line, lines_of
from .listing import check_type, compare_address, frame
from .words import Reason, reasons, sureness

MOST_BESIDE = 6
_LATER = timedelta(days=7)


@dataclass(frozen=True)
class Column:
    """One of the records: its number, which is its key too, where its page is, and whether it stays."""

    number: int
    record: Record
    address: str
    stays: bool


@dataclass(frozen=True)
class Comparison:
    """Some records beside each other."""

    page: RecordPage
    records: list[Record]
    stays: Record
    lines: list[Line]
    reasons: list[Reason]
    probability: float | None
    may_merge: bool

    @property
    def columns(self) -> list[Column]:
        """The heads of the columns."""
        return [
            Column(number, record, self.page.address(record), record.pk == self.stays.pk)
            for number, record in enumerate(self.records, start=1)
        ]

    @property
    def sureness(self) -> str:
        """How probable it is that they are the same, in words."""
        return sureness(self.probability) if self.probability is not None else ""


@require_http_methods(["GET", "POST"])
def compare(request: ActingRequest, record_type: str) -> HttpResponse:
    """Show the records named `?record=…&record=…`, and do what was decided about them."""
    check_type(request.actor, record_type)
    given = request.POST if request.method == "POST" else request.GET
    records = _records(request, record_type, given.getlist("record"))
    if request.method == "POST":
        return _decide(request, record_type, records)
    if len(records) < 2:
        return _following(request, record_type, after=[])
    return render(
        request,
        "duplicates/compare.html",
        {**frame(request.actor, record_type), "comparison": _comparison(request, record_type, records)},
    )


def _records(request: ActingRequest, record_type: str, given: list[str]) -> list[Record]:
    """Those of the records that are there and may be seen, oldest first."""
    try:
        ids = [UUID(text) for text in given[:MOST_BESIDE]]
    except ValueError:
        raise Http404 from None
    page = page_or_404(record_type)
    rows = page.model.objects.visible_to(request.actor).select_related(*page.links)
    return list(rows.filter(pk__in=ids).order_by("id"))


def _comparison(request: ActingRequest, record_type: str, records: list[Record]) -> Comparison:
    page = page_or_404(record_type)
    pairs = pairs_between([record.pk for record in records])
    told = reasons(request.actor, record_type, pairs)
    stays = _chosen(request.GET.get("stays", ""), records) or most_telling(records)
    return Comparison(
        page,
        records,
        stays,
        lines_of(page, records, stays, request.actor, told),
        told,
        min((pair.probability for pair in pairs), default=None),
        all(record.may_be_changed_by(request.actor) for record in records),
    )


def _chosen(text: str, records: list[Record]) -> Record | None:
    return next((record for record in records if str(record.pk) == text), None)


def _decide(request: ActingRequest, record_type: str, records: list[Record]) -> HttpResponse:
    if len(records) < 2:
        raise Problem(_("One of these records is not there any more. Reload the page."))
    if request.POST.get("do") == "merge":
        _merge(request, records)
    else:
        is_later = request.POST.get("do") == "later"
        _say(record_type, records, verdict=PairVerdict.LATER if is_later else PairVerdict.DIFFERENT)
    return _following(request, record_type, after=records)


def _merge(request: ActingRequest, records: list[Record]) -> None:
    """Two by the verb of the one that goes, more in one go; each with the fields chosen from it."""
    stays = _chosen(request.POST.get("stays", ""), records)
    if stays is None:
        raise Problem(_("Choose which record stays."))
    mergers = [Merging(one.pk, stays.pk, ",".join(_taken(request, one))) for one in records if one.pk != stays.pk]
    if len(mergers) == 1:
        gone = next(record for record in records if record.pk != stays.pk)
        gone.merge_into(stays, take=mergers[0].take)  # type: ignore[attr-defined]
    else:
        type(stays).merge_several(mergers)  # type: ignore[attr-defined]


def _taken(request: ActingRequest, record: Record) -> list[str]:
    """The fields whose value was chosen from this record."""
    chosen = str(record.pk)
    return [
        name.removeprefix("take-") for name, key in request.POST.items() if name.startswith("take-") and key == chosen
    ]


def _say(record_type: str, records: list[Record], *, verdict: PairVerdict) -> None:
    """Say it of every two of the records."""
    until = now() + _LATER if verdict is PairVerdict.LATER else None
    for place, one in enumerate(records):
        for other in records[place + 1 :]:
            DuplicateDecision.decide(for_type=record_type, one=one.pk, other=other.pk, verdict=verdict, until=until)


def _following(request: ActingRequest, record_type: str, *, after: list[Record]) -> HttpResponseRedirect:
    """The next group to look through, if these records came from the list; else the record that stayed, or the list."""
    ids = [record.pk for record in after]
    if DuplicatePair.objects.filter(left_id__in=ids, right_id__in=ids).exists():
        following = groups(request.actor, record_type, limit=1)
        if following:
            return redirect(compare_address(record_type, [record.pk for record in following[0].records]))
    elif request.POST.get("do") == "merge" and (stays := _chosen(request.POST.get("stays", ""), after)) is not None:
        return redirect(page_or_404(record_type).address(stays))
    return redirect(reverse("duplicate-groups", args=[record_type]))
