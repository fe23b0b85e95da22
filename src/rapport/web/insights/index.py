"""The start page of insights."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rapport.core.problems import Forbidden
from rapport.web.middleware import ActingRequest

from .questions import questions_for


def must_read(request: ActingRequest) -> None:
    """Raise `Forbidden` for whoever may not see insights."""
    if not (request.actor.may("insights.read") or request.actor.sees_everything):
        raise Forbidden(_("You may not see insights. Ask an administrator."))


@require_GET
def index(request: ActingRequest) -> HttpResponse:
    """What there is to know."""
    must_read(request)
    return render(request, "insights/index.html", {"questions": questions_for(request.actor)})
