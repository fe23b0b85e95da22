"""Which topic explains a page: the `?` above it leads there."""

from collections.abc import Mapping

TOPIC_OF: Mapping[str, str] = {
    "pipeline": "pipeline",
    "opportunities": "pipeline",
    "leads": "leads",
    "campaigns": "leads",
    "market-sizes": "market-share",
    "imports": "import",
    "proposals": "oversight",
    "ai-control": "oversight",
    "search": "search",
    **dict.fromkeys(("organisations", "people", "affiliations", "products", "price-lists", "prices"), "lists"),
    **dict.fromkeys(("orders", "contracts", "tickets", "own"), "lists"),
    **dict.fromkeys(("tasks", "notes", "meetings", "calls", "mails", "files"), "activities-and-timeline"),
    **dict.fromkeys(("users", "teams", "settings"), "rights"),
    "settings/account": "sign-in",
    "settings/signing-in": "signing-in",
    "settings/stages": "pipeline",
    **dict.fromkeys(("settings/fields", "settings/types"), "own-fields"),
    "settings/dictionary": "dictionary",
    "settings/estimates": "estimates",
    "settings/export": "export",
    "settings/history": "history-and-undo",
    **dict.fromkeys(("settings/tokens", "settings/webhooks"), "use-the-api"),
    **dict.fromkeys(("settings/status", "settings/jobs"), "watch-over-rapport"),
    "quality": "data-quality",
    "quality/duplicates": "duplicates",
    **dict.fromkeys(("insights/forecast", "insights/my-forecast"), "forecast"),
    **dict.fromkeys(
        ("insights/outlooks", "insights/segments", "insights/risks-ahead", "insights/portfolio"), "outlooks"
    ),
    **{f"insights/{name}": name for name in ("trends", "market-share", "who-and-where", "what-works", "trials")},
    **{f"insights/{name}": name for name in ("next-actions", "predictions")},
    "next": "next-actions",
}
"""By the beginning of a path; the longest that fits counts."""


def help_address(path: str) -> str:
    """The topic about the page at this path; else the table of contents."""
    parts = path.strip("/").split("/")
    for length in range(len(parts), 0, -1):
        if topic := TOPIC_OF.get("/".join(parts[:length])):
            return f"/help/{topic}/"
    return "/help/"
