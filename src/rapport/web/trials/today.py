"""The question of a trial that waits longest, on Today."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport.oversight.trials.waiting import asked_again, waiting_of
from rapport.web.middleware import ActingRequest

from .asking import asked_user, first_asked

TENTHS = range(1, 10)


@require_GET
def on_today(request: ActingRequest) -> HttpResponse:
    """One question, and how many more there are; nothing where nobody asks."""
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "trials/today.html" if is_part else "trials/today_page.html", question_for(request))


def question_for(request: ActingRequest) -> dict[str, object]:
    """What the question's row needs."""
    user_id = asked_user(request.actor)
    waiting = waiting_of(user_id)
    return {
        "first": first_asked(waiting, request.actor),
        "waiting": waiting.count(),
        "again": asked_again(user_id).first(),
        "tenths": TENTHS,
    }
