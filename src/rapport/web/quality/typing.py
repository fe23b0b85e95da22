"""Verdicts while somebody types: asked with the form as it stands, answered with a line under the field."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from rapport.core.records import Record
from rapport.governance.dictionary import Field, entries, entry_of
from rapport.governance.domains import Link
from rapport.quality.checking import Grade, Verdict
from rapport.quality.verifying import Question, is_verified, verify
from rapport.quality.verifying.names import OTHER_NAME, SWAPPED
from rapport.web.middleware import ActingRequest

_MOST = 50
_LONGEST = 1_000


@dataclass(frozen=True)
class Line:
    """The verdict on one value; `place` is which of several inputs of that name holds it."""

    verdict: Verdict
    name: str
    place: int
    typed: str = ""
    is_alone: bool = False  # the other name isn't in the form, so that the two can't change places there

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong."""
        return self.verdict.grade is Grade.GOOD

    @property
    def offers(self) -> bool:
        """Whether there is something to take."""
        return self.verdict.proposal is not None and not (self.is_swap and self.is_alone)

    @property
    def is_swap(self) -> bool:
        """Whether taking it puts what was typed into another field."""
        return self.verdict.code == SWAPPED

    @property
    def other_name(self) -> str:
        """The field that gets what was typed here."""
        return OTHER_NAME.get(self.name, "")


@require_POST
def verdict(request: ActingRequest, checked_type: str, checked_field: str) -> HttpResponse:
    """What is to be said of the values typed into one field."""
    record_type = checked_type
    field = _field(request, record_type, checked_field)
    record = _record(request, record_type)
    others = _others(request, record_type, record)
    lines = []
    for place, (input_name, text, more) in enumerate(_texts(request, field)):
        question = Question(
            record_type, field, text, request.actor, {**others, **more}, record_id=record.pk if record else None
        )
        said = verify(question)
        if said is not None:
            is_alone = OTHER_NAME.get(input_name, "") not in request.POST
            lines.append(Line(said, input_name, place, text, is_alone))
    shown = [line for line in lines if not line.is_good or line.offers]
    all_good = bool(lines) and not shown
    return render(request, "quality/verdict.html", {"lines": shown, "all_good": all_good})


def _field(request: ActingRequest, record_type: str, name: str) -> Field:
    if record_type not in entries():
        raise Http404
    field = entry_of(record_type).readable_by(request.actor).get(name)
    if field is None or not is_verified(record_type, name, field.domain.kind):
        raise Http404
    return field


def _record(request: ActingRequest, record_type: str) -> Record | None:
    """The record being edited, where the address says so and the actor sees it."""
    try:
        key = UUID(request.GET.get("record", ""))
    except ValueError:
        return None
    found: Record | None = entry_of(record_type).model.objects.visible_to(request.actor).filter(pk=key).first()
    return found


def _texts(request: ActingRequest, field: Field) -> list[tuple[str, str, Mapping[str, str]]]:
    """Each value typed, with the name of its input and what stands in the same row."""
    if field.domain.kind in ("emails", "phones"):
        name = f"{field.name}__value"
        return [(name, text[:_LONGEST], {}) for text in request.POST.getlist(name)[:_MOST]]
    if field.domain.kind == "addresses":
        name = f"{field.name}__postal_code"
        countries = request.POST.getlist(f"{field.name}__country")
        codes = request.POST.getlist(name)[:_MOST]
        padded = [*countries, *[""] * len(codes)]
        return [(name, code[:_LONGEST], {"country": padded[at]} if padded[at] else {}) for at, code in enumerate(codes)]
    return [(field.name, request.POST.get(field.name, "")[:_LONGEST], {})]


def _others(request: ActingRequest, record_type: str, record: Record | None) -> dict[str, str]:
    """The other values: as typed, else as the record has them; only what the actor may read."""
    found = {}
    for name, field in entry_of(record_type).readable_by(request.actor).items():
        if name in request.POST:
            found[name] = request.POST[name][:_LONGEST]
        elif f"{name}__value" in request.POST:
            found[name] = " ".join(request.POST.getlist(f"{name}__value")[:_MOST])[:_LONGEST]
        elif record is not None:
            value = getattr(record, f"{name}_id" if isinstance(field.domain, Link) else name, None)
            found[name] = "" if value is None else str(value)
    return found
