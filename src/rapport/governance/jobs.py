"""Background work of governance."""

from django.utils.translation import gettext_lazy as _

from rapport.core.jobs import job

from .own.indexes import prepare


@job(label=_("Prepare indexes of own fields"), atomic=False)
def prepare_indexes() -> None:
    """Make own fields fast on big lists, and drop the indexes of those that are gone; nobody has to wait."""
    prepare()
