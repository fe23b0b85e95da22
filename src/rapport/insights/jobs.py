"""Background work of insights."""

from django.utils.translation import gettext_lazy as _

from rapport.core.jobs import job


@job(label=_("Find out what works"), queue="insights", schedule="20 4 * * *", lock="insights-works")
def review_what_works() -> None:
    """Compare ways of working over the whole history of opportunities."""
    from .works.reviewing import review  # loads scikit-learn, which nothing else needs at the start

    review()


@job(label=_("Forecast the sales volume"), queue="insights", schedule="40 3 * * *", lock="insights-volume")
def foretell_volume() -> None:
    """Foresee the won volume of the coming months from the history, for all and for each team."""
    from .forecasting.volume import foretell

    foretell()
