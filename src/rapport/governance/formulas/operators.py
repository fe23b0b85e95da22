"""The operators of formulas: what each takes, what it gives. What is empty makes a calculation empty."""

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .meanings import Kind, Meaning, Piece, Run, currency_words
from .problems import FormulaProblem
from .syntax import Node
from .values import number, text

Build = Callable[[Node, Sequence[Piece]], Piece]


def same_currency(node: Node, pieces: Sequence[Piece]) -> str:
    """The one currency of all amounts among the pieces, "" for none; raises `FormulaProblem` when there are two."""
    found = sorted({piece.meaning.currency for piece in pieces} - {""})
    if len(found) > 1:
        words = {"one": currency_words(found[0]), "other": currency_words(found[1])}
        message = _("Amounts in %(one)s and in %(other)s can't be put together.") % words
        raise FormulaProblem(message, node.start, node.end)
    return found[0] if found else ""


def expect(piece: Piece, node: Node, *kinds: Kind) -> None:
    """Raise `FormulaProblem` unless the piece gives one of these kinds."""
    if piece.kind not in kinds:
        words = {"wanted": kinds[0].words, "given": piece.meaning.words}
        raise FormulaProblem(_("Here %(wanted)s is wanted, and this is %(given)s.") % words, node.start, node.end)


def label_of(piece: Piece) -> Run:
    """How a piece gives text: for a choice its label."""
    if piece.kind is Kind.CHOICE:
        options, run = piece.meaning.options, piece.run
        return lambda row: options.get(run(row), run(row))
    if piece.kind is Kind.YES_NO:
        run, yes, no = piece.run, _("yes"), _("no")
        return lambda row: None if run(row) is None else yes if run(row) else no
    run = piece.run
    return lambda row: text(run(row))


def _numbers(calculate: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Run, Run], Run]:
    def combine(left: Run, right: Run) -> Run:
        def run(row: Any) -> Any:
            one, other = left(row), right(row)
            return None if one is None or other is None else number(calculate(one, other))

        return run

    return combine


_ADD, _SUBTRACT = _numbers(operator.add), _numbers(operator.sub)
_MULTIPLY = _numbers(operator.mul)


def _plus(node: Node, pieces: Sequence[Piece]) -> Piece:
    left, right = pieces
    if Kind.TEXT in (left.kind, right.kind):
        raise FormulaProblem(_("Texts are put together by “&”, not by “+”."), node.start, node.end)
    if left.kind is Kind.DATE:
        expect(right, node.operands[1], Kind.NUMBER)
        return Piece(Meaning(Kind.DATE), _shifted(left.run, right.run, 1))
    expect(left, node.operands[0], Kind.NUMBER)
    expect(right, node.operands[1], Kind.NUMBER)
    return Piece(Meaning(Kind.NUMBER, same_currency(node, pieces)), _ADD(left.run, right.run))


def _minus(node: Node, pieces: Sequence[Piece]) -> Piece:
    left, right = pieces
    if left.kind is Kind.DATE and right.kind is Kind.DATE:
        return Piece(Meaning(Kind.NUMBER), _days_between(left.run, right.run))
    if left.kind is Kind.DATE:
        expect(right, node.operands[1], Kind.NUMBER)
        return Piece(Meaning(Kind.DATE), _shifted(left.run, right.run, -1))
    expect(left, node.operands[0], Kind.NUMBER)
    expect(right, node.operands[1], Kind.NUMBER)
    return Piece(Meaning(Kind.NUMBER, same_currency(node, pieces)), _SUBTRACT(left.run, right.run))


def _shifted(left: Run, right: Run, sign: int) -> Run:
    """A day so many days later; None when no calendar holds it."""

    def run(row: Any) -> date | None:
        start, days = left(row), right(row)
        if start is None or days is None or abs(days) > 3_000_000:
            return None
        try:
            moved: date = start + timedelta(days=sign * int(days))
        except OverflowError:
            return None
        return moved if moved.year >= 1000 else None

    return run


def _days_between(left: Run, right: Run) -> Run:
    def run(row: Any) -> Decimal | None:
        one, other = left(row), right(row)
        return None if one is None or other is None else Decimal((one - other).days)

    return run


def _times(node: Node, pieces: Sequence[Piece]) -> Piece:
    left, right = pieces
    expect(left, node.operands[0], Kind.NUMBER)
    expect(right, node.operands[1], Kind.NUMBER)
    if left.meaning.currency and right.meaning.currency:
        raise FormulaProblem(_("An amount can't be multiplied by an amount."), node.start, node.end)
    currency = left.meaning.currency or right.meaning.currency
    return Piece(Meaning(Kind.NUMBER, currency), _MULTIPLY(left.run, right.run))


def _divided(node: Node, pieces: Sequence[Piece]) -> Piece:
    left, right = pieces
    expect(left, node.operands[0], Kind.NUMBER)
    expect(right, node.operands[1], Kind.NUMBER)
    currency = "" if right.meaning.currency else left.meaning.currency
    if right.meaning.currency:
        same_currency(node, pieces)

    def run(row: Any) -> Decimal | None:
        one, other = left.run(row), right.run(row)
        return None if one is None or not other else number(one / other)

    return Piece(Meaning(Kind.NUMBER, currency), run)


def _joined(_node: Node, pieces: Sequence[Piece]) -> Piece:
    left, right = (label_of(_shown(piece, node)) for piece, node in zip(pieces, _node.operands, strict=True))
    return Piece(Meaning(Kind.TEXT), lambda row: f"{left(row) or ''}{right(row) or ''}" or None)


def _shown(piece: Piece, node: Node) -> Piece:
    if piece.kind is Kind.OTHER:
        raise FormulaProblem(_("Of this field a formula can only ask whether it is_empty."), node.start, node.end)
    return piece


def _equal(*, wanted: bool) -> Build:
    def build(node: Node, pieces: Sequence[Piece]) -> Piece:
        left, right = _comparable(node, pieces)
        return Piece(Meaning(Kind.YES_NO), lambda row: (_folded(left(row)) == _folded(right(row))) is wanted)

    return build


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _ordered(compare: Callable[[Any, Any], bool]) -> Build:
    def build(node: Node, pieces: Sequence[Piece]) -> Piece:
        left, right = _comparable(node, pieces)

        def run(row: Any) -> bool:
            one, other = left(row), right(row)
            return one is not None and other is not None and compare(_folded(one), _folded(other))

        return Piece(Meaning(Kind.YES_NO), run)

    return build


def _comparable(node: Node, pieces: Sequence[Piece]) -> tuple[Run, Run]:
    """How both sides are read for a comparison; raises `FormulaProblem` when they have nothing in common."""
    left, right = (_shown(piece, part) for piece, part in zip(pieces, node.operands, strict=True))
    same_currency(node, pieces)
    if left.kind is right.kind and left.meaning.options == right.meaning.options:
        return left.run, right.run
    if {left.kind, right.kind} <= {Kind.TEXT, Kind.CHOICE}:
        return label_of(left), label_of(right)
    words = {"left": left.meaning.words, "right": right.meaning.words}
    message = _("%(left)s and %(right)s can't be compared.") % words
    raise FormulaProblem(message[:1].upper() + message[1:], node.start, node.end)


def _logical(decide: Callable[[bool, bool], bool]) -> Build:
    def build(node: Node, pieces: Sequence[Piece]) -> Piece:
        left, right = pieces
        expect(left, node.operands[0], Kind.YES_NO)
        expect(right, node.operands[1], Kind.YES_NO)
        return Piece(Meaning(Kind.YES_NO), lambda row: decide(bool(left.run(row)), bool(right.run(row))))

    return build


def _not(node: Node, pieces: Sequence[Piece]) -> Piece:
    expect(pieces[0], node.operands[0], Kind.YES_NO)
    run = pieces[0].run
    return Piece(Meaning(Kind.YES_NO), lambda row: not run(row))


def _negative(node: Node, pieces: Sequence[Piece]) -> Piece:
    expect(pieces[0], node.operands[0], Kind.NUMBER)
    run = pieces[0].run

    def negate(row: Any) -> Decimal | None:
        value = run(row)
        return None if value is None else -value

    return Piece(pieces[0].meaning, negate)


def _positive(node: Node, pieces: Sequence[Piece]) -> Piece:
    expect(pieces[0], node.operands[0], Kind.NUMBER)
    return pieces[0]


OPERATORS: Mapping[str, Build] = {
    "+": _plus,
    "-": _minus,
    "*": _times,
    "/": _divided,
    "&": _joined,
    "=": _equal(wanted=True),
    "<>": _equal(wanted=False),
    "!=": _equal(wanted=False),
    "<": _ordered(operator.lt),
    "<=": _ordered(operator.le),
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
    "and": _logical(lambda one, other: one and other),
    "or": _logical(lambda one, other: one or other),
    "not1": _not,
    "-1": _negative,
    "+1": _positive,
}
