"""How mail leaves: through the server that `EMAIL_URL` names, or into files when there is none."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from rapport.core.problems import Problem

_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class MailSettings:
    """Django's settings for mail; `folder` is where mails go while no server is known."""

    folder: Path
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False

    @property
    def backend(self) -> str:
        """The class of Django's that sends."""
        kind = "smtp" if self.host else "filebased"
        return f"django.core.mail.backends.{kind}.EmailBackend"


def mail_settings(*, home: Path) -> MailSettings:
    """From `EMAIL_URL`: smtp://user:password@host:587 (STARTTLS, unless `?tls=off`) or smtps://user:password@host."""
    folder = home / "outbox"
    url = os.environ.get("EMAIL_URL", "")
    if not url:
        folder.mkdir(mode=0o700, exist_ok=True)
        return MailSettings(folder=folder)
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise Problem("EMAIL_URL must look like smtp://user:password@mail.example.org:587")
    is_plain = parse_qs(parts.query).get("tls") == ["off"]
    return MailSettings(
        folder=folder,
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp" and not is_plain,
        use_ssl=parts.scheme == "smtps",
    )
