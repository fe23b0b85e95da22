"""The overview of all settings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport.core.actors import current_actor

from .sections import sections


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Every settings page that this person may open, by group."""
    return render(request, "settings/index.html", {"sections": sections(current_actor().may)})
