"""Predictions among the insights."""

from django.utils.translation import gettext_lazy as _

from rapport.web.insights.questions import QUESTIONS, Question

QUESTIONS.append(
    Question(_("Predictions"), _("What will probably happen, and how good are the numbers?"), "gauge", "predictions")
)
