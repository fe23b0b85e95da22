"""Toasts: the short answer to an action, with Undo where there is something to undo.

A view only has to call a verb: the middleware finds the events and says what happened. `toast()` is for everything
else. Toasts are Django messages, so they survive a redirect; in answers to htmx they are added to the fragment.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from rapport.core.events import Event
from rapport.core.verbs import VERBS, Risk
from rapport.web.ui.navigation import Text

UNDO = "undo:"
MOST = 3
SHOWN = "number_of_toasts_shown"


@dataclass(frozen=True)
class Toast:
    """What is shown: a sentence, and the address that takes it back (empty: none)."""

    text: str
    is_bad: bool
    undo: str


def toast(request: HttpRequest, text: Text, *, undo: str = "", bad: bool = False) -> None:
    """Says something at the foot of the next page, or of this one when htmx asked. `undo`: an address to POST to."""
    level = messages.ERROR if bad else messages.SUCCESS
    messages.add_message(request, level, str(text), extra_tags=f"{UNDO}{undo}" if undo else "", fail_silently=True)


def toast_events(request: HttpRequest, events: Iterable[Event], *, undo_of: dict[int, str]) -> None:
    """Says what each event did, unless the view said something itself; of many only how many."""
    told = [event for event in events if event.verb in VERBS and VERBS[event.verb].risk is not Risk.READ]
    if has_toasts(request):
        return
    if len(told) > MOST:
        toast(request, _("%(count)s things were done; each can be undone in its history.") % {"count": len(told)})
        return
    for event in told:
        toast(request, sentence(event), undo=undo_of.get(event.pk, ""))


def sentence(event: Event) -> str:
    """`Changed · Acme` - what was done, and to what; `Undone · Acme`."""
    done = _("Undone") if event.undoes_id else capfirst(str(VERBS[event.verb].past))
    return f"{done} · {event.subject_label}" if event.subject_label else done


def has_toasts(request: HttpRequest) -> bool:
    """Whether something was already said in this request."""
    return bool(getattr(messages.get_messages(request), "_queued_messages", []))


def taken_toasts(request: HttpRequest) -> list[Toast]:
    """The toasts to show now; each is shown once, though Django's list gives them again while the request lasts."""
    found = list(messages.get_messages(request))
    already = getattr(request, SHOWN, 0)
    setattr(request, SHOWN, len(found))
    return [_toast_of(message) for message in found[already:]]


def toasts_fragment(request: HttpRequest) -> str:
    """The toasts as a part that htmx adds to the page whatever else the answer holds; empty when there are none."""
    toasts = taken_toasts(request)
    return render_to_string("fragments/toasts.html", {"toasts": toasts}, request) if toasts else ""


def _toast_of(message: Message) -> Toast:
    tags = message.extra_tags or ""
    undo = tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
    return Toast(str(message.message), is_bad=message.level >= messages.ERROR, undo=undo)
