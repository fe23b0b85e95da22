"""The background jobs of integrations, where the queue looks for them."""

from rapport.core.backup.nightly import nightly_backup

from .importing.jobs import check_import, forget_staged, run_import, undo_import

__all__ = ["check_import", "forget_staged", "nightly_backup", "run_import", "undo_import"]
