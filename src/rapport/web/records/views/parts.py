"""What the views of record pages share: where to go back to, and whether htmx asked for a part of the page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from rapport.core.records import Record
from rapport.web.middleware import ActingRequest

from ..page import RecordPage

UNPROCESSABLE, CONFLICT = 422, 409


def next_address(request: ActingRequest, otherwise: str) -> str:
    """Where the user came from, as the form or the address says, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and len(wanted) < 2000 else otherwise


def wants(request: ActingRequest, element_id: str) -> bool:
    """Whether htmx asked for what is to replace the element with this id, or an element whose id begins so."""
    target = request.headers.get("HX-Target", "")
    return request.headers.get("HX-Request") == "true" and target.rpartition("#")[2].startswith(element_id)


def answer(
    request: ActingRequest, template: str, page: RecordPage, record: Record | None, status: int = 200, **more: Any
) -> HttpResponse:
    """A page or fragment about a record."""
    address = page.address(record) if record else ""
    dictionary = reverse("settings-dictionary-type", args=[page.type])
    context = {"page": page, "record": record, "address": address, "dictionary": dictionary, **more}
    return render(request, template, context, status=status)
