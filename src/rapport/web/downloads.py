"""Offering to make a file in the background that would take long: the question, and the answer."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from rapport.integrations.models import Download
from rapport.web.middleware import ActingRequest


@dataclass(frozen=True)
class Offer:
    """A file that could be made: what it is called, what it holds (see `Download.wanted`), and how much that is."""

    name: str
    file_name: str
    wanted: dict[str, Any]
    count: int
    is_more: bool = False
    back: str = "/"


def offered(request: ActingRequest, offer: Offer) -> HttpResponse:
    """A page that says how much it is; a POST to the same address has it made."""
    if request.method != "POST":
        return render(request, "exporting/offer.html", {"offer": offer})
    download = Download.ask(name=offer.name, file_name=offer.file_name, wanted=offer.wanted)
    return redirect("settings-download", download.pk)
