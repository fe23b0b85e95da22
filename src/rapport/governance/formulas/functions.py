"""The functions of formulas: how many values each takes, of which kinds, and what it gives."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.core.clock import today

from .meanings import Kind, Meaning, Piece, Row, Run
from .operators import Build, expect, label_of, same_currency
from .problems import FormulaProblem
from .syntax import Node
from .values import number

_MOST = 30
_MOST_PLACES = 6


@dataclass(frozen=True)
class Function:
    """One function: from `least` to `most` values; `written` shows how it is used, `meaning` what it gives."""

    written: str
    meaning: str | Promise
    least: int
    most: int
    build: Build
    follows_today: bool = False

    def check_count(self, node: Node) -> None:
        """Raise `FormulaProblem` unless it is given as many values as it takes."""
        if not self.least <= len(node.operands) <= self.most:
            message = _("“%(name)s” is written like this: %(written)s.")
            raise FormulaProblem(message % {"name": node.word, "written": self.written}, node.start, node.end)


def _alike(node: Node, pieces: Sequence[Piece], nodes: Sequence[Node]) -> Meaning:
    """What several pieces give that stand for one another; raises `FormulaProblem` when that differs."""
    first = pieces[0]
    for piece, part in zip(pieces[1:], nodes[1:], strict=True):
        if {piece.kind, first.kind} <= {Kind.TEXT, Kind.CHOICE}:
            continue
        expect(piece, part, first.kind)
    if first.kind is Kind.OTHER:
        expect(first, nodes[0], Kind.NUMBER)
    if all(piece.meaning == first.meaning for piece in pieces):
        return first.meaning
    return Meaning(Kind.TEXT if first.kind is Kind.CHOICE else first.kind, same_currency(node, pieces))


def _runs(meaning: Meaning, pieces: Sequence[Piece]) -> list[Run]:
    return [label_of(piece) if meaning.kind is Kind.TEXT else piece.run for piece in pieces]


def _if(node: Node, pieces: Sequence[Piece]) -> Piece:
    expect(pieces[0], node.operands[0], Kind.YES_NO)
    meaning = _alike(node, pieces[1:], node.operands[1:])
    decides, then = pieces[0].run, _runs(meaning, pieces[1:])
    otherwise: Run = then[1] if len(then) > 1 else lambda _row: None
    return Piece(meaning, lambda row: then[0](row) if decides(row) else otherwise(row))


def _first(node: Node, pieces: Sequence[Piece]) -> Piece:
    meaning = _alike(node, pieces, node.operands)
    runs = _runs(meaning, pieces)
    return Piece(meaning, lambda row: next((found for run in runs if (found := run(row)) is not None), None))


def _extreme(choose: Callable[[list[Any]], Any]) -> Build:
    def build(node: Node, pieces: Sequence[Piece]) -> Piece:
        expect(pieces[0], node.operands[0], Kind.NUMBER, Kind.DATE)
        meaning, runs = _alike(node, pieces, node.operands), [piece.run for piece in pieces]

        def run(row: Row) -> Any:
            found = [value for one in runs if (value := one(row)) is not None]
            return choose(found) if found else None

        return Piece(meaning, run)

    return build


def _rounded(rounding: str) -> Build:
    def build(node: Node, pieces: Sequence[Piece]) -> Piece:
        for piece, part in zip(pieces, node.operands, strict=True):
            expect(piece, part, Kind.NUMBER)
        run, places = pieces[0].run, pieces[1].run if len(pieces) > 1 else lambda _row: Decimal(0)

        def rounded(row: Row) -> Decimal | None:
            value, wanted = run(row), places(row)
            if value is None or wanted is None:
                return None
            kept = max(-_MOST_PLACES, min(_MOST_PLACES, int(wanted)))
            return Decimal(value).quantize(Decimal(1).scaleb(-kept), rounding=rounding)

        return Piece(pieces[0].meaning, rounded)

    return build


def _of_number(calculate: Callable[[Decimal], Decimal]) -> Build:
    def build(node: Node, pieces: Sequence[Piece]) -> Piece:
        expect(pieces[0], node.operands[0], Kind.NUMBER)
        return Piece(pieces[0].meaning, _given(pieces[0].run, calculate))

    return build


def _of_date(part: Callable[[date], int]) -> Build:
    def build(node: Node, pieces: Sequence[Piece]) -> Piece:
        expect(pieces[0], node.operands[0], Kind.DATE)
        return Piece(Meaning(Kind.NUMBER), _given(pieces[0].run, lambda day: Decimal(part(day))))

    return build


def _of_text(change: Callable[[str], Any], kind: Kind = Kind.TEXT) -> Build:
    def build(node: Node, pieces: Sequence[Piece]) -> Piece:
        expect(pieces[0], node.operands[0], Kind.TEXT, Kind.CHOICE)
        return Piece(Meaning(kind), _given(label_of(pieces[0]), change))

    return build


def _given(run: Run, change: Callable[[Any], Any]) -> Run:
    """The change of what a piece gives, if it gives anything."""

    def changed(row: Row) -> Any:
        value = run(row)
        return None if value is None else change(value)

    return changed


def _is_empty(_node: Node, pieces: Sequence[Piece]) -> Piece:
    run = pieces[0].run
    return Piece(Meaning(Kind.YES_NO), lambda row: run(row) in (None, "", []))


def _contains(node: Node, pieces: Sequence[Piece]) -> Piece:
    for piece, part in zip(pieces, node.operands, strict=True):
        expect(piece, part, Kind.TEXT, Kind.CHOICE)
    whole, sought = (label_of(piece) for piece in pieces)
    return Piece(Meaning(Kind.YES_NO), lambda row: (sought(row) or "").casefold() in (whole(row) or "").casefold())


def _join(node: Node, pieces: Sequence[Piece]) -> Piece:
    expect(pieces[0], node.operands[0], Kind.TEXT)
    for piece, part in zip(pieces[1:], node.operands[1:], strict=True):
        expect(piece, part, Kind.TEXT, Kind.CHOICE, Kind.NUMBER, Kind.DATE, Kind.YES_NO)
    separator, runs = pieces[0].run, [label_of(piece) for piece in pieces[1:]]
    return Piece(
        Meaning(Kind.TEXT),
        lambda row: (separator(row) or "").join(text for run in runs if (text := run(row))) or None,
    )


def _text(node: Node, pieces: Sequence[Piece]) -> Piece:
    expect(pieces[0], node.operands[0], Kind.TEXT, Kind.CHOICE, Kind.NUMBER, Kind.DATE, Kind.YES_NO)
    return Piece(Meaning(Kind.TEXT), label_of(pieces[0]))


def _today(_node: Node, _pieces: Sequence[Piece]) -> Piece:
    return Piece(Meaning(Kind.DATE), lambda _row: today())


def _day(node: Node, pieces: Sequence[Piece]) -> Piece:
    try:
        found = date.fromisoformat(str(pieces[0].literal))
    except ValueError:
        message = _('Write a date like this: date("2026-03-31").')
        raise FormulaProblem(message, node.start, node.end) from None
    return Piece(Meaning(Kind.DATE), lambda _row: found, found)


def _months_between(node: Node, pieces: Sequence[Piece]) -> Piece:
    for piece, part in zip(pieces, node.operands, strict=True):
        expect(piece, part, Kind.DATE)
    first, last = pieces[0].run, pieces[1].run

    def run(row: Row) -> Decimal | None:
        one, other = first(row), last(row)
        return None if one is None or other is None else Decimal(_whole_months(one, other))

    return Piece(Meaning(Kind.NUMBER), run)


def _whole_months(one: date, other: date) -> int:
    if other < one:
        return -_whole_months(other, one)
    return (other.year - one.year) * 12 + other.month - one.month - (other.day < one.day)


FUNCTIONS: Mapping[str, Function] = {
    "if": Function("if(condition, then, otherwise)", gettext_lazy("one value or another"), 2, 3, _if),
    "first": Function("first(a, b, …)", gettext_lazy("the first that is not empty"), 1, _MOST, _first),
    "is_empty": Function("is_empty(a)", gettext_lazy("whether there is no value"), 1, 1, _is_empty),
    "min": Function("min(a, b, …)", gettext_lazy("the smallest"), 1, _MOST, _extreme(min)),
    "max": Function("max(a, b, …)", gettext_lazy("the largest"), 1, _MOST, _extreme(max)),
    "round": Function("round(a, decimals)", gettext_lazy("rounded"), 1, 2, _rounded(ROUND_HALF_UP)),
    "round_down": Function("round_down(a, decimals)", gettext_lazy("rounded down"), 1, 2, _rounded(ROUND_FLOOR)),
    "round_up": Function("round_up(a, decimals)", gettext_lazy("rounded up"), 1, 2, _rounded(ROUND_CEILING)),
    "abs": Function("abs(a)", gettext_lazy("without its sign"), 1, 1, _of_number(abs)),
    "today": Function("today()", gettext_lazy("the current day"), 0, 0, _today, follows_today=True),
    "date": Function('date("2026-03-31")', gettext_lazy("a certain day"), 1, 1, _day),
    "year": Function("year(date)", gettext_lazy("its year"), 1, 1, _of_date(lambda day: day.year)),
    "month": Function("month(date)", gettext_lazy("its month, 1 to 12"), 1, 1, _of_date(lambda day: day.month)),
    "day": Function("day(date)", gettext_lazy("its day, 1 to 31"), 1, 1, _of_date(lambda day: day.day)),
    "months_between": Function(
        "months_between(from, until)", gettext_lazy("the whole months from one day to another"), 2, 2, _months_between
    ),
    "join": Function('join(", ", a, b, …)', gettext_lazy("what is not empty, with the first between"), 2, _MOST, _join),
    "text": Function("text(a)", gettext_lazy("as text"), 1, 1, _text),
    "contains": Function("contains(text, part)", gettext_lazy("whether it holds the part"), 2, 2, _contains),
    "upper": Function("upper(text)", gettext_lazy("in capitals"), 1, 1, _of_text(str.upper)),
    "lower": Function("lower(text)", gettext_lazy("in small letters"), 1, 1, _of_text(str.lower)),
    "length": Function(
        "length(text)",
        gettext_lazy("how many characters it has"),
        1,
        1,
        _of_text(lambda text: number(len(text)), Kind.NUMBER),
    ),
}
