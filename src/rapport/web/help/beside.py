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
    "organisations": "lists",
    "people": "lists",
    "products": "lists",
    "settings": "rights",
    "tasks": "activities-and-timeline",
    "notes": "activities-and-timeline",
    "meetings": "activities-and-timeline",
    "calls": "activities-and-timeline",
    "mails": "activities-and-timeline",
    "files": "activities-and-timeline",
}


def help_address(path: str) -> str:
    """The topic about the page at this path, by its first part; else the table of contents."""
    topic = TOPIC_OF.get(path.strip("/").partition("/")[0], "")
    return f"/help/{topic}/" if topic else "/help/"
