"""The questions that insights answer, each with its page; packages of pages add theirs when they are loaded."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor


@dataclass(frozen=True)
class Question:
    """One question: what it is called, what it asks, and where the answer stands."""

    title: str | Promise
    asks: str | Promise
    icon: str
    url: str
    permission: str = "insights.read"

    @cached_property
    def href(self) -> str:
        """The address of the answer."""
        return reverse(self.url)


QUESTIONS: list[Question] = [
    Question(
        _("Trends"),
        _("Which products, industries, countries, sources and complaints rise or fall, and since when?"),
        "trending-up",
        "trends",
    ),
    Question(
        _("Market share"),
        _("Which share of each market did you win, did it rise or fall, and where is no size known?"),
        "chart-pie",
        "market-share",
    ),
    Question(
        _("Who and where"),
        _("Who makes the most, and where do opportunities meet difficulties, such cases considered?"),
        "users",
        "who-where",
    ),
    Question(
        _("Forecast"),
        _("How much will be sold, what changed since last week, and what does the history foretell?"),
        "target",
        "forecast",
        permission="team.lead",
    ),
    Question(
        _("My forecast"),
        _("What stands for you in a period, what do you expect, and how did your estimates do?"),
        "goal",
        "own-forecast",
    ),
    Question(
        _("What works"),
        _("Which ways of working go with more or faster success, and can it be chance?"),
        "sprout",
        "what-works",
    ),
]


def questions_for(actor: Actor) -> list[Question]:
    """Those that the actor may ask."""
    return [one for one in QUESTIONS if actor.may(one.permission) or actor.sees_everything]
