"""From the tree of a formula to a function of a record's values, each part checked for what it gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, DecimalException, localcontext
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from .functions import FUNCTIONS
from .meanings import Kind, Meaning, Piece, Row, Run, Source
from .operators import OPERATORS
from .problems import FormulaProblem
from .syntax import Node, parse
from .values import ARITHMETIC

_CONSTANTS = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True)
class Compiled:
    """A formula that was understood.

    `source` is the formula with fields and choices by their keys, so that renaming them changes nothing; `reads` are
    the fields it rests on; `follows_today` tells that it gives something else tomorrow.
    """

    source: str
    meaning: Meaning
    reads: Mapping[str, Source]
    follows_today: bool
    run: Run

    def value(self, row: Row) -> Any:
        """What the formula gives for the columns of a record; None where that can't be worked out."""
        try:
            with localcontext(ARITHMETIC):
                return self.run({name: source.read(row) for name, source in self.reads.items()})
        except (DecimalException, ArithmeticError, ValueError):
            return None


Lookup = Callable[[str], Source | None]


def compile_formula(source: str, lookup: Lookup, labels: Mapping[str, str]) -> Compiled:
    """Understand a formula; `lookup` gives a field by name, `labels` are the names of all by label.

    Raises `FormulaProblem` naming what is wrong and where.
    """
    compiling = _Compiling(lookup, labels)
    piece = compiling.piece(parse(source))
    return Compiled(compiling.rewritten(source), piece.meaning, compiling.reads, compiling.follows_today, piece.run)


class _Compiling:
    def __init__(self, lookup: Lookup, labels: Mapping[str, str]) -> None:
        self.lookup, self.labels = lookup, labels
        self.reads: dict[str, Source] = {}
        self.replacements: list[tuple[int, int, str]] = []
        self.follows_today = False

    def piece(self, node: Node) -> Piece:
        match node.kind:
            case "number":
                return _constant(Meaning(Kind.NUMBER), Decimal(node.word))
            case "text":
                return _constant(Meaning(Kind.TEXT), node.word or None)
            case "name" if node.word.lower() in _CONSTANTS and self.lookup(node.word) is None:
                return _constant(Meaning(Kind.YES_NO), _CONSTANTS[node.word.lower()])
            case "name" | "label":
                return self.field(node)
            case "operator":
                return self.operation(node)
        return self.call(node)

    def field(self, node: Node) -> Piece:
        name = self._name(node)
        source = self.reads.get(name) or self.lookup(name)
        if source is None:
            raise self._unknown(node)
        self.reads[source.name] = source
        if node.kind == "label" or source.name != node.word:
            self.replacements.append((node.start, node.end, source.name))
        return Piece(source.meaning, _reader(source.name))

    def _name(self, node: Node) -> str:
        return self.labels.get(node.word.lower(), node.word) if node.kind == "label" else node.word

    def _unknown(self, node: Node) -> FormulaProblem:
        known = [*self.labels.values(), *self.labels]
        near = get_close_matches(node.word.lower(), known, n=1, cutoff=0.6)
        if near:
            message = _("There is no field “%(name)s”. Did you mean “%(near)s”?")
            return FormulaProblem(message % {"name": node.word[:60], "near": near[0]}, node.start, node.end)
        message = _("There is no field “%(name)s” that a formula can read.") % {"name": node.word[:60]}
        return FormulaProblem(message, node.start, node.end)

    def operation(self, node: Node) -> Piece:
        pieces = [self.piece(operand) for operand in node.operands]
        if node.word in ("=", "<>", "!="):
            pieces = self._with_choices(node.operands, pieces)
        return OPERATORS[node.word](node, pieces)

    def _with_choices(self, nodes: tuple[Node, ...], pieces: list[Piece]) -> list[Piece]:
        """A text compared with a choice stands for one of its labels: it is kept as the code."""
        first, second = pieces
        if first.kind is Kind.CHOICE and second.literal is not None and second.kind is Kind.TEXT:
            return [first, self._code(nodes[1], first.meaning, second.literal)]
        if second.kind is Kind.CHOICE and first.literal is not None and first.kind is Kind.TEXT:
            return [self._code(nodes[0], second.meaning, first.literal), second]
        return pieces

    def _code(self, node: Node, meaning: Meaning, text: str) -> Piece:
        codes = {label.casefold(): code for code, label in meaning.options.items()}
        code = text if text in meaning.options else codes.get(text.casefold())
        if code is None:
            told = ", ".join(f"“{label}”" for label in list(meaning.options.values())[:8])
            message = _("“%(text)s” is none of the choices: %(choices)s.") % {"text": text[:60], "choices": told}
            raise FormulaProblem(message, node.start, node.end)
        if code != text:
            written = code.replace('"', '""')
            self.replacements.append((node.start, node.end, f'"{written}"'))
        return _constant(meaning, code)

    def call(self, node: Node) -> Piece:
        function = FUNCTIONS.get(node.word)
        if function is None:
            raise _no_function(node)
        self.follows_today = self.follows_today or function.follows_today
        function.check_count(node)
        return function.build(node, [self.piece(operand) for operand in node.operands])

    def rewritten(self, source: str) -> str:
        """The formula with keys for labels."""
        for start, end, text in sorted(self.replacements, reverse=True):
            source = source[:start] + text + source[end:]
        return source.strip()


def _constant(meaning: Meaning, value: Any) -> Piece:
    return Piece(meaning, lambda _row: value, value)


def _reader(name: str) -> Run:
    return lambda row: row[name]


def _no_function(node: Node) -> FormulaProblem:
    near = get_close_matches(node.word, FUNCTIONS, n=1, cutoff=0.6)
    if near:
        message = _("There is no function “%(name)s”. Did you mean “%(near)s”?")
        return FormulaProblem(message % {"name": node.word[:60], "near": near[0]}, node.start, node.end)
    message = _("There is no function “%(name)s”. Those there are stand below.") % {"name": node.word[:60]}
    return FormulaProblem(message, node.start, node.end)
