"""Outlooks among the insights."""

from django.utils.translation import gettext_lazy as _

from rapport.web.insights.questions import QUESTIONS, Question

QUESTIONS.extend(
    (
        Question(
            _("Outlooks"),
            _("Which values, dates, risks and offers are expected of records, and how good is that?"),
            "telescope",
            "outlooks",
        ),
        Question(
            _("Portfolio"),
            _("Which customers are worth most, directly and indirectly, and how are they best looked after?"),
            "grid-2x2",
            "portfolio",
        ),
        Question(_("Segments"), _("Which kinds of customers are there, and what are they worth?"), "group", "segments"),
    )
)
