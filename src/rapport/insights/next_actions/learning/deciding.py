"""Keeping a review, and with it which order ranks from now on."""

from dataclasses import asdict

from ...models import NextActionReview
from .reviewing import Reviewed, Verdict, review
from .rows import shown_rows


def decide() -> NextActionReview:
    """Review all that was shown; the newest decided review rules."""
    looks = NextActionReview.objects.filter(is_decided=True).count()
    return keep(review(shown_rows(), look=looks + 1))


def keep(found: Reviewed) -> NextActionReview:
    """Write a review down."""
    figures = found.as_stored()
    figures.pop("reward")
    return NextActionReview.objects.create(
        is_decided=found.verdict != Verdict.TOO_FEW,
        is_taken=found.verdict == Verdict.BETTER,
        figures=figures,
        reward=asdict(found.reward) if found.reward else {},
    )
