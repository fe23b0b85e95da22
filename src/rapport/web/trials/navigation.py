"""Trials among the insights, and one's own questions in the navigation."""

from django.utils.translation import gettext_lazy as _

from rapport.web.insights.questions import QUESTIONS, Question

QUESTIONS.append(
    Question(_("Human and machine"), _("Who foresees better, and does it help to see the number?"), "scale", "trials")
)
