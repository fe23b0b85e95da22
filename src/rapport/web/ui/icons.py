"""Icons: drawings of lucide, written into the page itself, so that none is ever missing or late.

The build (`rapport/web/frontend`) puts lucide's drawings into `static/built/icons.json`.
"""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

DRAWINGS = Path(__file__).parent.parent / "static" / "built" / "icons.json"


class UnknownIcon(LookupError):
    """No drawing has this name; said to developers only, a page goes without."""


@cache
def icon(name: str, *, size: str = "", label: str = "") -> SafeString:
    """The drawing as SVG. Without a label it is decoration and hidden from screen readers."""
    classes = f"icon icon-{size}" if size else "icon"
    meaning = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" width="16" height="16" {}>{}</svg>', classes, meaning, _inside(name)
    )


def _inside(name: str) -> SafeString:
    drawings = _drawings()
    if settings.DEBUG and drawings and name not in drawings:
        message = f"There is no icon {name!r}. Choose one of lucide.dev by its name."
        raise UnknownIcon(message)
    return mark_safe(drawings.get(name, ""))  # noqa: S308 - from lucide, never from people


@cache
def _drawings() -> dict[str, str]:
    """The inside of each drawing by name; empty before the first build, when pages work without any."""
    if not DRAWINGS.exists():
        return {}
    found: dict[str, str] = json.loads(DRAWINGS.read_text())
    return found
