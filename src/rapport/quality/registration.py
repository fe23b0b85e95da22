"""What data quality plugs into lower layers: it listens to every event."""

from rapport.core.events import OUTLETS
from rapport.core.merging.links import ALSO_MOVED

from .duplicates.deciding import move_decisions
from .findings.keeping import note
from .imputing import action


def register() -> None:
    """Done once, when Django is ready."""
    OUTLETS.append(note)
    ALSO_MOVED.append(move_decisions)
    action.register()
