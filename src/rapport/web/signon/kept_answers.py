"""What somebody sent after their session had ended, or with the token of a form that was open for too long: kept while
they log in, and offered to be sent again. What comes from another site is never kept.

Only browsers on which somebody signed in before keep anything, only the person who signed in there last gets it back,
within the hour; answers that look like secrets, and files, are left out.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rapport.web.ui.errors import csrf_failed as refused

from .devices import is_last_account, last_account

_KEY = "kept_answers"
_SECONDS = 3600
_MOST = 200_000  # characters
_SECRET = re.compile(r"pass|secret|token|code|key", re.IGNORECASE)
_LONG = 40
_WORDS = re.compile(r"^[^\W\d_a-z]|[^\W\d_] [^\W\d_]")  # a capital in front, or two words


@dataclass(frozen=True)
class Answer:
    """One answer of a form; a long one can be mended before it is sent."""

    name: str
    text: str

    @property
    def is_long(self) -> bool:
        """Whether it is shown to be mended."""
        return len(self.text) > _LONG or "\n" in self.text

    @property
    def is_told(self) -> bool:
        """Whether a short one is somebody's words, and not an identifier or a code."""
        return not self.is_long and _WORDS.search(self.text) is not None


def keeping(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware just before the one that asks for a log-in."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, *_address: Any) -> HttpResponseBase | None:
        if request.method != "POST":
            return None
        if request.user.is_authenticated:
            _forget_what_is_sent(request)
            return None
        return _keep(request) if getattr(view, "login_required", True) else None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """The token of a form doesn't hold: what a page of ours sent is kept and offered again; the rest is refused."""
    view = request.resolver_match.func if request.resolver_match else None
    if request.method == "POST" and _is_ours(request) and getattr(view, "login_required", True):
        kept = _keep(request, is_signed_in=request.user.is_authenticated)
        if kept is not None:
            return kept
    return refused(request, reason)


def _is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this installation sent it."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _keep(request: HttpRequest, *, is_signed_in: bool = False) -> HttpResponseBase | None:
    account = last_account(request)
    answers = [
        (name, text)
        for name, texts in request.POST.lists()
        if name != "csrfmiddlewaretoken" and not _SECRET.search(name)
        for text in texts
    ]
    if not account or not answers or sum(len(name) + len(text) for name, text in answers) > _MOST:
        return None
    request.session[_KEY] = {
        "path": request.get_full_path(),
        "answers": answers,
        "files": [file.name for files in request.FILES.lists() for file in files[1]],
        "account": account,
        "until": int(time.time()) + _SECONDS,
        "was_signed_in": is_signed_in,
    }
    if is_signed_in:
        return redirect("kept-answers")
    return redirect_to_login(reverse("kept-answers"))


def _forget_what_is_sent(request: HttpRequest) -> None:
    kept = request.session.get(_KEY)
    if kept and kept["path"] == request.get_full_path():
        del request.session[_KEY]


@never_cache
@require_http_methods(["GET", "POST"])
def kept_answers(request: HttpRequest) -> HttpResponse:
    """What was kept, to be sent again; a POST throws it away."""
    kept = request.session.get(_KEY)
    if kept is None or not _is_theirs(request, kept) or request.method == "POST":
        request.session.pop(_KEY, None)
        return redirect("/")
    answers = [Answer(name, text) for name, text in kept["answers"]]
    return render(request, "signon/kept_answers.html", {"kept": kept, "answers": answers})


def _is_theirs(request: HttpRequest, kept: dict[str, Any]) -> bool:
    email = str(getattr(request.user, "email", ""))
    return bool(kept["until"] > time.time() and is_last_account(kept["account"], email))
