"""The entry point of the web server: static files, and in front of everything else Django.

Threads rather than an event loop: a page is work for the processor between a few short questions to the database, and
each change between loop and thread would cost more than it saves.
"""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.config.settings")

pages = get_wsgi_application()

from django.conf import settings  # noqa: E402 - Django must be ready
from django.urls import get_resolver  # noqa: E402
from servestatic import ServeStatic  # noqa: E402

from rapport.config.headers import protect_static_file  # noqa: E402
from rapport.config.stack import with_room  # noqa: E402

application = with_room(
    ServeStatic(
        pages,
        root=settings.STATIC_ROOT,
        prefix=settings.STATIC_URL,
        allow_all_origins=False,
        add_headers_function=protect_static_file,
    )
)


def _collect_garbage_seldom() -> None:
    """Leave alone what lasts as long as the process: looking through all of it held up pages for 0.1 s."""
    get_resolver().url_patterns  # noqa: B018 - imports every view
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _begin() -> None:
    """What a process of `./rapport web` does besides answering."""
    from rapport.config.speaking import speak_quickly
    from rapport.config.telemetry import begin_tracing
    from rapport.core.processes import Kind, begin_to_beat
    from rapport.intelligence.scoring.readying import begin_to_read

    speak_quickly()
    begin_tracing("web")
    begin_to_beat(Kind.WEB)
    _collect_garbage_seldom()
    begin_to_read()


if os.environ.get("RAPPORT_PROCESS") == "web":
    _begin()
