"""Exports in the background."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rapport.core.jobs import job
from rapport.core.overdue_jobs import A_DAY
from rapport.integrations.models import Download, DownloadState

from .making import forget_old, make

_ENDED = (DownloadState.READY, DownloadState.STOPPED, DownloadState.GONE)


@job(label=_("Make an export"), queue="imports", atomic=False, longest=A_DAY)
def make_download(download_id: str) -> None:
    """Write the file that somebody asked for."""
    download = Download.objects.select_related("asked_by").filter(pk=UUID(download_id)).first()
    if download is not None and download.state not in _ENDED:
        make(download)


@job(label=_("Delete old exports"), schedule="40 4 * * *", lock="old-exports")
def forget_downloads() -> None:
    """Delete files of exports that were kept long enough."""
    forget_old()
