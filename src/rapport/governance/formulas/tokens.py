"""The words and signs of a formula."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .problems import FormulaProblem

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<number>\d+(?:\.\d+)?|\.\d+)
    |(?P<text>"(?:[^"]|"")*")
    |(?P<label>\[[^\[\]]*\])
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<sign><>|!=|<=|>=|[-+*/&=<>(),;])""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Token:
    """One word or sign; `kind` is number, text, label, name, sign or end."""

    kind: str
    text: str
    start: int
    end: int


def tokens_of(source: str) -> list[Token]:
    """The tokens of a formula, an `end` last; raises `FormulaProblem` on a sign that is none."""
    return [*_tokens(source), Token("end", "", len(source), len(source) + 1)]


def _tokens(source: str) -> Iterator[Token]:
    place = 0
    while place < len(source):
        match = _TOKEN.match(source, place)
        if match is None:
            raise _strange(source, place)
        if match.lastgroup != "space":
            yield Token(match.lastgroup or "", match[0], match.start(), match.end())
        place = match.end()


def _strange(source: str, place: int) -> FormulaProblem:
    if source[place] == '"':
        message = _("This text has no end. Close it with a quotation mark.")
    elif source[place] == "[":
        message = _("This field name has no end. Close it with “]”.")
    else:
        message = _("“%(sign)s” is no sign of formulas.") % {"sign": source[place]}
    return FormulaProblem(message, place, place + 1)
