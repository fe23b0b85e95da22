"""The buttons under a suggestion, written once for all lines of a page: they differ in its key and its words only."""

from dataclasses import dataclass

from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from rapport.web.ui.escaping import escape

from .shown import Answers, Line


@dataclass(frozen=True)
class _Gaps:
    """What stands where the key and the words of a line go."""

    key: str = "\ue000key\ue001"
    todo: str = "\ue000todo\ue001"
    kind: str = "\ue000kind\ue001"


_GAPS = _Gaps()


def answers_to(context: Context, line: Line, answers: Answers) -> SafeString:
    """Begin, put off and refuse, for one line."""
    if not answers.written:
        shown = {"line": _GAPS, "answers": answers, "csrf_token": context["csrf_token"]}
        answers.written.append(render_to_string("next_actions/answers.html", shown))
    text = answers.written[0]
    for gap, value in ((_GAPS.key, line.key), (_GAPS.todo, line.todo), (_GAPS.kind, line.kind)):
        text = text.replace(gap, escape(value))
    return mark_safe(text)  # noqa: S308 - each part was escaped
