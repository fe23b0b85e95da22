"""Background work of insights."""

from django.utils.translation import gettext_lazy as _

from rapport.core.jobs import job


@job(label=_("Find out what works"), queue="insights", schedule="20 4 * * *", lock="insights-works")
def review_what_works() -> None:
    """Compare ways of working over the whole history of opportunities."""
    from .works.reviewing import review  # loads scikit-learn, which nothing else needs at the start

    review()
