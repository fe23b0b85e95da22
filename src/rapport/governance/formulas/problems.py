"""What is wrong with a formula, and where."""

from django.utils.translation import gettext as _

from rapport.core.problems import Problem


class FormulaProblem(Problem):
    """A formula makes no sense from `start` to `end`; the sentence names the character."""

    def __init__(self, message: object, start: int = 0, end: int = 0) -> None:
        self.start, self.end = start, end
        place = _("(at character %(place)d)") % {"place": start + 1}
        super().__init__(f"{message} {place}" if end else message)
