"""The headers of every answer; the policy of what a page may load is the same for all and made once."""

from collections.abc import Callable
from wsgiref.headers import Headers

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(self), payment=(), usb=()"
_DJANGOS_OWN = (404, 500)  # pages for developers, with styles of their own


def protecting(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: what a page may load, which devices the browser need not offer, who may embed or keep an answer."""
    policy = build_policy()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_refused = request.method in ("TRACE", "CONNECT")
        response = HttpResponseNotAllowed([]) if is_refused else get_response(request)
        if not (settings.DEBUG and response.status_code in _DJANGOS_OWN):
            response.headers.setdefault("Content-Security-Policy", policy)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def protect_static_file(headers: Headers, path: str, url: str) -> None:
    """What middleware says about pages, said about a static file, which never reaches Django."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Referrer-Policy"] = settings.SECURE_REFERRER_POLICY
    headers["Permissions-Policy"] = PERMISSIONS_POLICY
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
