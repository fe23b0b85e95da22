"""What leads plug into activities: they have a timeline."""

from rapport.activities.about import carries_timeline

from .models import Lead


def register() -> None:
    """Done once, when Django is ready."""
    carries_timeline(Lead.record_type)
