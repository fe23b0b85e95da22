"""The backup of each night."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from rapport.core.jobs import job

from .making import default_path, keep_newest, make_backup
from .passphrases import passphrase_in


@job(label=_("Nightly backup"), schedule="40 2 * * *", lock="nightly-backup", atomic=False)
def nightly_backup() -> None:
    """Write a backup into the backup folder and delete the oldest ones, unless the settings say that none are kept."""
    back_up_tonight()


def back_up_tonight() -> None:
    """Make the backup and let the oldest ones go."""
    if settings.BACKUPS_KEPT <= 0:
        return
    folder = Path(settings.BACKUP_FOLDER)
    make_backup(default_path(folder), passphrase=passphrase_in(settings.BACKUP_PASSPHRASE_FILE))
    keep_newest(folder, settings.BACKUPS_KEPT)
