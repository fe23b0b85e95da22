"""The entry point of the web server: static files, and in front of everything else Django.

Threads rather than an event loop: a page is work for the processor
between a few short questions to the database, and each change between loop and thread would cost more than it saves.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.config.settings")

pages = get_wsgi_application()

from django.conf import settings  # noqa: E402 - Django must be ready
from servestatic import ServeStatic  # noqa: E402

from rapport.config.headers import protect_static_file  # noqa: E402

application = ServeStatic(
    pages,
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    allow_all_origins=False,
    add_headers_function=protect_static_file,
)


def _begin() -> None:
    """What a process of `./rapport web` does besides answering."""
    from rapport.config.telemetry import begin_tracing
    from rapport.core.processes import Kind, begin_to_beat

    begin_tracing("web")
    begin_to_beat(Kind.WEB)


if os.environ.get("RAPPORT_PROCESS") == "web":
    _begin()
