"""The background jobs of integrations, where the queue looks for them."""

from rapport.core.backup.nightly import nightly_backup

from .exporting.jobs import forget_downloads, make_download
from .importing.jobs import check_import, forget_staged, run_import, undo_import
from .webhooks.jobs import deliver, forget_deliveries

__all__ = [
    "check_import",
    "deliver",
    "forget_deliveries",
    "forget_downloads",
    "forget_staged",
    "make_download",
    "nightly_backup",
    "run_import",
    "undo_import",
]
