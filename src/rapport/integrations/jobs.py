"""The background jobs of integrations, where the queue looks for them."""

from rapport.core.backup.nightly import nightly_backup

from .importing.jobs import check_import, forget_staged, run_import, undo_import
from .webhooks.jobs import deliver, forget_deliveries

__all__ = [
    "check_import",
    "deliver",
    "forget_deliveries",
    "forget_staged",
    "nightly_backup",
    "run_import",
    "undo_import",
]
