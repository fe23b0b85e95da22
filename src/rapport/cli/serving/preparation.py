"""What must be done before the pages can be served."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import django
from django.conf import settings

from rapport.cli.console import say, step
from rapport.cli.demo import load_demo, log_ins
from rapport.cli.serving.prepared import is_prepared, remember_prepared
from rapport.cli.session import close_connections, migrate
from rapport.core.home import home_folder
from rapport.core.problems import Problem
from rapport.core.translations import compile_translations


def prepare(home: Path, *, with_demo: bool) -> None:
    """Tables, translations and static files; at the very first start the demo company too. Quick when all is there."""
    if is_prepared(home, with_demo=with_demo):
        return
    django.setup()
    try:
        with step("bringing the database up to date"):
            migrate()
        compile_translations(settings.LOCALE_PATHS)
        _collect_static_files()
        if not with_demo or _load_demo_once():
            remember_prepared(home, with_demo=with_demo)
    finally:
        close_connections()


def announce(url: str) -> None:
    """The one line that says where to open it, and the demo's log-ins while they are still as they were."""
    say(f"\nRapport is running: {url}   (stop with Ctrl-C)")
    for line in _demo_log_ins():
        say(f"  demo log-in: {line}")


def _demo_log_ins() -> Sequence[str]:
    if not _demo_marker().exists():
        return ()
    django.setup()
    try:
        return log_ins()
    finally:
        close_connections()


def _load_demo_once() -> bool:
    """Loads the demo into an empty database, and goes on with a loading that was interrupted; False when it fails."""
    from django.contrib.auth import get_user_model

    begun, done = _demo_marker().with_suffix(".begun"), _demo_marker()
    if done.exists() or (get_user_model().objects.exists() and not begun.exists()):
        return True
    begun.touch()
    try:
        with step("loading the demo company (only at the very first start)"):
            load_demo()
    except Problem as problem:
        say(f"  {problem}\n  Rapport starts without it; the next start tries again. ./run --no-demo does not.")
        return False
    done.touch()
    begun.unlink()
    return True


def _demo_marker() -> Path:
    return home_folder() / "demo-loaded"


def _collect_static_files() -> None:
    """Collects and compresses the static files when one of them changed."""
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".collected"
    present = _static_fingerprint()
    if stamp.exists() and stamp.read_text() == present:
        return
    with step("compressing the static files"):
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(present)


def _static_fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            digest.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    return digest.hexdigest()
