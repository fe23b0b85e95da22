"""Figures for Prometheus: `GET /metrics`, for whoever has the token, or without a token for this machine only.

Several processes answer pages; each keeps its counts in a file of the folder `PROMETHEUS_MULTIPROC_DIR`, which
`./rapport web` sets, and whichever process is asked adds them all up.
"""

import ipaddress
import os
import secrets

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from rapport.config.figures import Figures
from rapport.config.state_metrics import StateCollector

TOKEN = "RAPPORT_METRICS_TOKEN"  # noqa: S105 - the name of a variable
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Counter("rapport_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram("rapport_request_seconds", "Seconds until a request was answered", ["route"], buckets=BUCKETS)
DATABASE_SECONDS = Counter("rapport_request_database_seconds", "Seconds of requests spent in the database", ["route"])
WAITED = Histogram("rapport_request_wait_seconds", "Seconds a request waited for its turn", buckets=BUCKETS)
STATEMENTS = Counter("rapport_request_statements", "Database statements of requests", ["route"])


def observe_request(method: str, route: str, status: int, seconds: float, figures: Figures) -> None:
    """Counts one answered request."""
    REQUESTS.labels(method, route, status).inc()
    SECONDS.labels(route).observe(seconds)
    DATABASE_SECONDS.labels(route).inc(figures.database_seconds)
    STATEMENTS.labels(route).inc(figures.queries)


def observe_wait(seconds: float) -> None:
    """Counts one request that was let in, and how long it had waited."""
    WAITED.observe(seconds)


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures in Prometheus' text format; there is no such page for anybody else."""
    if not _may_ask(request):
        raise Http404
    return HttpResponse(_requests() + generate_latest(_state()), content_type=CONTENT_TYPE_LATEST)


def _requests() -> bytes:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def _state() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(StateCollector())
    return registry


def _may_ask(request: HttpRequest) -> bool:
    token = os.environ.get(TOKEN, "")
    if token:
        return secrets.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    return _is_this_machine(request)


def _is_this_machine(request: HttpRequest) -> bool:
    """A request that a proxy passed on comes from elsewhere, even when the proxy is on this machine."""
    if request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded"):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "").is_loopback
    except ValueError:
        return False
