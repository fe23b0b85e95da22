"""From the tokens of a formula to its tree, by precedence climbing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .problems import FormulaProblem
from .tokens import Token, tokens_of

LONGEST = 2_000
_DEEPEST = 40
_STRENGTH: Mapping[str, int] = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(("=", "<>", "!=", "<", "<=", ">", ">="), 4),
    "&": 5,
    **dict.fromkeys("+-", 6),
    **dict.fromkeys("*/", 7),
}
_NOT, _MINUS = 3, 8


@dataclass(frozen=True)
class Node:
    """A part of a formula: a literal, a name, or an operator or function with its operands.

    `kind` is number, text, name, label, call or operator; `word` says which.
    """

    kind: str
    word: str
    start: int
    end: int
    operands: tuple["Node", ...] = ()

    def parts(self) -> "Iterator[Node]":
        """This part and all within it."""
        yield self
        for operand in self.operands:
            yield from operand.parts()


def parse(source: str) -> Node:
    """The tree of a formula; raises `FormulaProblem` where it can't be read."""
    if len(source) > LONGEST:
        raise FormulaProblem(_("A formula has at most %(most)d characters. Shorten it.") % {"most": LONGEST})
    if not source.strip():
        raise FormulaProblem(_("Write a formula, such as: round(amount * 0.2)"))
    reading = _Reading(tokens_of(source))
    tree = reading.expression(0)
    if reading.next.kind != "end":
        raise reading.unexpected(_("An operator is missing before “%(text)s”."))
    return tree


class _Reading:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    @property
    def word(self) -> str:
        """The next token as an operator is written."""
        return self.next.text.lower() if self.next.kind in ("name", "sign") else ""

    def take(self) -> Token:
        token = self.next
        self.place += 1
        return token

    def unexpected(self, message: str) -> FormulaProblem:
        token = self.next
        if token.kind == "end":
            return FormulaProblem(_("The formula ends too early."), token.start, token.end)
        return FormulaProblem(message % {"text": token.text[:40]}, token.start, token.end)

    def expression(self, weakest: int) -> Node:
        """All that binds stronger than `weakest`."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FormulaProblem(
                _("This is nested too deeply. Split it into two fields."), self.next.start, self.next.end
            )
        left = self.operand()
        while (strength := _STRENGTH.get(self.word, 0)) > weakest:
            operator = self.take()
            right = self.expression(strength)
            left = Node("operator", operator.text.lower(), left.start, right.end, (left, right))
        self.depth -= 1
        return left

    def operand(self) -> Node:
        token = self.next
        if self.word in ("-", "+", "not"):
            self.take()
            inner = self.expression(_NOT if token.text.lower() == "not" else _MINUS)
            return Node("operator", f"{token.text.lower()}1", token.start, inner.end, (inner,))
        if self.word == "(":
            return self.in_brackets()
        if token.kind in ("number", "text", "label"):
            self.take()
            return Node(token.kind, _content(token), token.start, token.end)
        if token.kind == "name" and self.word not in _STRENGTH:
            self.take()
            return self.call(token) if self.word == "(" else Node("name", token.text, token.start, token.end)
        raise self.unexpected(_("A value is missing before “%(text)s”."))

    def in_brackets(self) -> Node:
        self.take()
        inner = self.expression(0)
        self.close()
        return inner

    def call(self, name: Token) -> Node:
        self.take()
        operands: list[Node] = []
        while self.word != ")":
            if operands and self.word not in (",", ";"):
                raise self.unexpected(_("A comma or a closing bracket is missing before “%(text)s”."))
            if operands:
                self.take()
            operands.append(self.expression(0))
        end = self.close()
        return Node("call", name.text.lower(), name.start, end, tuple(operands))

    def close(self) -> int:
        if self.word != ")":
            raise self.unexpected(_("A closing bracket is missing before “%(text)s”."))
        return self.take().end


def _content(token: Token) -> str:
    if token.kind == "text":
        return token.text[1:-1].replace('""', '"')
    return token.text[1:-1].strip() if token.kind == "label" else token.text
