"""Beside an open opportunity: what worked in others like it and has not been done here yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now
from rapport.insights.models import WorksReview
from rapport.insights.works.pattern import all_patterns
from rapport.insights.works.publishing import Comparison, Outcome, Verdict
from rapport.insights.works.reading import goal_label, stories
from rapport.insights.works.reviewing import comparisons_of, newest_review
from rapport.insights.works.story import Story
from rapport.web.records.panels import Panel

from .sentences import Told, interval_of, told


@dataclass(frozen=True)
class Advice:
    """A finding beside one opportunity, and whether it was followed in its present stage."""

    told: Told
    interval: str
    is_done: bool


class WhatWorks(Panel):
    """Findings that apply here, what is still undone first; it comes after the page."""

    key, title, icon, template = "what-works", _("What worked in others"), "sprout", "insights/panel.html"
    permission = "insights.read"
    is_lazy = True

    def applies(self) -> bool:
        """Beside open opportunities."""
        return super().applies() and bool(self.record.is_open)

    def rests_on(self) -> Sequence[QuerySet[Any]]:
        """A review."""
        return (WorksReview.objects.all(),)

    def content(self) -> Mapping[str, Any]:
        """What helps, and whether it was done in the present stage."""
        review = newest_review()
        found = [one for one in comparisons_of(review) if _helps(one)] if review else []
        mine = stories([self.record.pk]) if found else []
        goal = goal_label() if found else ""
        advice = [Advice(told(one, goal), interval_of(one), _is_done(mine[0], one)) for one in found if mine]
        return {"advice": sorted(advice, key=lambda one: one.is_done)}


def _helps(one: Comparison) -> bool:
    neutral = 0.0 if one.outcome == Outcome.WON else 1.0
    return one.verdict == Verdict.PUBLISHED and one.effect is not None and one.effect.size > neutral


def _is_done(story: Story, one: Comparison) -> bool:
    pattern, stay = all_patterns()[one.pattern], story.stays[-1]
    until = min(stay.since + timedelta(days=pattern.days), now())
    return pattern.followed(story.contacts_between(stay.since, until), stay.since)
