"""Titles of who and where that answer: where most is lost, and with what it is harder than expected."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from rapport.insights.who_where.comparing import Measure
from rapport.web.ui import formats

from .who_where_lines import Line

_NAMED = 3


def stages_title(lines: Sequence[Line]) -> str:
    """The stage in which the largest share is lost, of those with enough stays to compare."""
    lost = [line for line in lines if line.found.measure is Measure.LOST and line.found.is_enough and line.found.found]
    if not lost:
        return _("At which stage")
    most = max(lost, key=lambda line: line.found.share)
    words = {"question": _("At which stage"), "stage": most.stage, "share": formats.percent(most.found.share)}
    return _("%(question)s: the most are lost in %(stage)s, %(share)s") % words


def units_title(question: str, lines: Sequence[Line]) -> str:
    """What is harder than expected, by name; that nothing is, where there was anything to compare."""
    if not lines:
        return question
    harder = list(dict.fromkeys(line.name or line.stage for line in lines if line.found.is_worse))
    if not harder:
        return _("%(question)s: nothing harder than expected, beyond chance") % {"question": question}
    names = ", ".join(harder[:_NAMED]) + (" …" if len(harder) > _NAMED else "")
    return _("%(question)s: harder than expected: %(names)s") % {"question": question, "names": names}
