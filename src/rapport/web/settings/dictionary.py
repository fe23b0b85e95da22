"""The dictionary as pages: all record types, and the fields of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport.core.search_entries import normalise
from rapport.governance.dictionary import Field, RecordTypeEntry, entries


@require_GET
def types(request: HttpRequest) -> HttpResponse:
    """Every record type; with `?q=` the fields that match it."""
    asked = normalise(request.GET.get("q", "")[:100])
    ordered = sorted(entries().values(), key=lambda entry: str(entry.plural))
    found = [(entry, field) for entry in ordered for field in entry.fields.values() if asked and _matches(field, asked)]
    return render(request, "settings/dictionary.html", {"types": ordered, "found": found, "asked": asked})


@require_GET
def fields(request: HttpRequest, record_type: str) -> HttpResponse:
    """The fields of one record type."""
    entry: RecordTypeEntry | None = entries().get(record_type)
    if entry is None:
        raise Http404
    context = {"entry": entry, "fields": entry.fields.values()}  # a field may itself be called “values”
    return render(request, "settings/dictionary_type.html", context)


def _matches(field: Field, asked: str) -> bool:
    return asked in normalise(f"{field.label} {field.meaning} {field.name} {' '.join(field.aliases)}")
