"""What must be done before the pages can be served."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from rapport.cli.console import say, step
from rapport.cli.demo import load_demo, log_ins
from rapport.cli.session import migrate
from rapport.core.problems import Problem
from rapport.core.translations import compile_translations


def prepare(*, with_demo: bool) -> None:
    """Tables, translations and static files; at the very first start the demo company too."""
    with step("bringing the database up to date"):
        migrate()
    compile_translations(settings.LOCALE_PATHS)
    _collect_static_files()
    if with_demo:
        _load_demo_once()


def demo_log_ins() -> Sequence[str]:
    """One line for each log-in of the demo company, when that was loaded and its users are still as they were."""
    return log_ins() if _demo_marker().exists() else ()


def _load_demo_once() -> None:
    """Loads the demo into an empty database. A loading that was interrupted is begun anew."""
    from django.contrib.auth import get_user_model

    begun, done = _demo_marker().with_suffix(".begun"), _demo_marker()
    if done.exists() or (get_user_model().objects.exists() and not begun.exists()):
        return
    begun.touch()
    try:
        with step("loading the demo company (only at the very first start)"):
            load_demo()
    except Problem as problem:
        say(f"  {problem}\n  Rapport starts without it; the next start tries again. ./run --no-demo does not.")
        return
    done.touch()
    begun.unlink()


def _demo_marker() -> Path:
    return Path(settings.HOME) / "demo-loaded"


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


def announce(url: str) -> None:
    """The one line that says where to open it, and the demo's log-ins."""
    say(f"\nRapport is running: {url}   (stop with Ctrl-C)")
    for line in demo_log_ins():
        say(f"  demo log-in: {line}")
