"""Background work of insights."""

from uuid import UUID

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
    from .forecasting.standing_then import keep_standings_then
    from .forecasting.volume import foretell

    keep_standings_then()
    foretell()


@job(label=_("Follow up what was suggested"), queue="insights", schedule="*/10 * * * *", lock="insights-next-follow")
def follow_up_next_actions() -> None:
    """See which suggestions were done, and whether the matter moved on."""
    from .next_actions.following import follow_up

    follow_up()


@job(label=_("Learn the order of suggestions"), queue="insights", schedule="50 4 * * 0", lock="insights-next-learn")
def review_next_actions() -> None:
    """See whether a learned order of suggestions is better than the stated one; forget what was shown long ago."""
    from .next_actions.following import follow_up, forget_old
    from .next_actions.learning.deciding import decide  # loads scikit-learn, which nothing else needs at the start

    follow_up()
    decide()
    forget_old()


@job(label=_("Work out figures of a page"), queue="figures", atomic=False)
def work_out_figures(*, question: str, besides: str, user_id: str, language: str, zone: str) -> None:
    """Work out what somebody asked for who waits at the page, or reads older figures meanwhile."""
    from .kept.freshening import work_out

    work_out(question=question, besides=besides, user_id=UUID(user_id), language=language, zone=zone)


@job(label=_("Keep figures fresh"), queue="insights", schedule="*/10 * * * *", lock="insights-figures", atomic=False)
def freshen_figures() -> None:
    """Work out anew the figures of pages that somebody looked at lately, and forget those that nobody looks at."""
    from .kept.freshening import forget, freshen

    freshen()
    forget()
