"""What data quality plugs into lower layers: it listens to every event."""

from rapport.core.events import OUTLETS

from .findings.keeping import note


def register() -> None:
    """Done once, when Django is ready."""
    OUTLETS.append(note)
