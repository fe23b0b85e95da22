"""Where the database is: `DATABASE_URL`, or the embedded one of the home folder."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from .embedded_postgres import DATABASE_NAME, EmbeddedPostgres
from .problems import Problem


def database_settings(*, home: Path) -> dict[str, Any]:
    """Django's settings for `DATABASE_URL`, or for the embedded database of the home folder."""
    url = os.environ.get("DATABASE_URL", "")
    found = _from_url(url) if url else _embedded(home)
    return {"ENGINE": "django.db.backends.postgresql", "CONN_HEALTH_CHECKS": True, **found}


def _embedded(home: Path) -> dict[str, Any]:
    server = EmbeddedPostgres(home / "database")
    return {"NAME": DATABASE_NAME, "USER": server.superuser, "HOST": str(server.socket_folder), "OPTIONS": {}}


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise Problem("DATABASE_URL must look like postgresql://user:password@host:5432/name")
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
