"""The page of notifications, opening one, and the count that the bell asks for every minute."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from rapport.activities.models import Notification
from rapport.activities.queries import notifications_of
from rapport.web.middleware import ActingRequest
from rapport.web.ui.shell import Shell

from .lines import lines_of

_AT_ONCE = 50


@require_GET
def notifications(request: ActingRequest) -> HttpResponse:
    """What the user was told, newest first; `?until=<id>` goes on below that one."""
    told = notifications_of(request.actor)
    if until := _id_in(request.GET.get("until", "")):
        told = told.filter(pk__lt=until)
    found = list(told[: _AT_ONCE + 1])
    older = str(found[_AT_ONCE - 1].pk) if len(found) > _AT_ONCE else ""
    return render(request, "notifications/page.html", {"lines": lines_of(found[:_AT_ONCE]), "older": older})


@require_GET
def count(request: ActingRequest) -> HttpResponse:
    """The number on the bell."""
    return HttpResponse(Shell(request).bell)


@require_POST
def open_one(request: ActingRequest, notification_id: UUID) -> HttpResponse:
    """Take it off the bell and go to what it is about."""
    notification = get_object_or_404(notifications_of(request.actor), pk=notification_id)
    if notification.read_at is None:
        notification.mark_read()
        request.events.clear()  # the page that opens is answer enough
    return redirect(lines_of([notification])[0].href or "notifications")


@require_POST
def read_all(request: ActingRequest) -> HttpResponse:
    """Take all off the bell."""
    Notification.mark_all_read()
    return redirect("notifications")


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
