"""How suggestions fare, among the insights; the list itself among what can be gone to."""

from django.utils.translation import gettext_lazy as _

from rapport.web.insights.questions import QUESTIONS, Question

QUESTIONS.append(
    Question(
        _("Next actions"),
        _("What becomes of what is suggested, and is another order better?"),
        "list-todo",
        "next-actions-faring",
    )
)
