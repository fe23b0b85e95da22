"""`GET /healthz`: whether this instance can do its work, for a person or a monitor."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport import __version__
from rapport.core.condition import disk_state

FREE_DISK_NEEDED = 200 * 1024 * 1024  # bytes
WORKER_SILENCE_ALLOWED = timedelta(seconds=60)


@dataclass(frozen=True)
class Check:
    """One question about our health and its answer."""

    name: str
    is_ok: bool
    says: str


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when every check passes, otherwise 503; the version and the checks as JSON."""
    checks = list(_checks())
    is_ok = all(check.is_ok for check in checks)
    answer = {
        "status": "ok" if is_ok else "failing",
        "version": __version__,
        "checks": {check.name: {"ok": check.is_ok, "says": check.says} for check in checks},
    }
    return JsonResponse(answer, status=200 if is_ok else 503, headers={"Cache-Control": "no-store"})


def _checks() -> Iterator[Check]:
    """One after the other; without a database the questions to it are spared, because each would wait for it."""
    is_away = False
    for name, question in QUESTIONS.items():
        if is_away and name in ASKS_DATABASE:
            yield Check(name=name, is_ok=False, says="not known without the database")
            continue
        check = _asked(name, question)
        is_away = is_away or (name == "database" and not check.is_ok)
        yield check


def _asked(name: str, question: Callable[[], tuple[bool, str]]) -> Check:
    try:
        is_ok, says = question()
    except (Error, OSError) as problem:
        return Check(name=name, is_ok=False, says=type(problem).__name__)
    return Check(name=name, is_ok=is_ok, says=says)


def _database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, "answers"


def _migrations() -> tuple[bool, str]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return not missing, f"{len(missing)} to apply" if missing else "all applied"


def _worker() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        (last,) = cursor.fetchone() or (None,)
    if last is None:
        return False, "no worker runs"
    silence = timezone.now() - last
    return silence < WORKER_SILENCE_ALLOWED, f"heard {max(0, int(silence.total_seconds()))} s ago"


def _disk() -> tuple[bool, str]:
    disk = disk_state()
    if disk.problem:
        return False, f"cannot be written: {disk.problem}"
    return disk.free > FREE_DISK_NEEDED, f"{disk.free // 1024**2} MB free"


QUESTIONS: dict[str, Callable[[], tuple[bool, str]]] = {
    "database": _database,
    "migrations": _migrations,
    "worker": _worker,
    "disk": _disk,
}
ASKS_DATABASE = frozenset({"migrations", "worker"})
