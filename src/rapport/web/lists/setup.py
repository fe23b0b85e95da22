"""The setup of a list - filters, order, columns, text - as it stands in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

from rapport.governance.selection import Condition, Selection

SIZES = (25, 50, 100, 200)
_USUAL_SIZE = 50
_LONGEST_TEXT = 200
_MOST_COLUMNS = 30

Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Setup:
    """What is shown, and how; the empty one is a list as it comes."""

    selection: Selection = Selection()
    text: str = ""
    order: str = ""
    columns: tuple[str, ...] = ()
    size: int = _USUAL_SIZE

    @classmethod
    def read(cls, parameters: Parameters) -> "Setup":
        """From the parameters of an address; what makes no sense is kept, to be explained on the page."""
        columns = [name for name in _last(parameters, "cols").split(",") if name.isidentifier()]
        size = _last(parameters, "size")
        return cls(
            selection=Selection.read(parameters),
            text=_last(parameters, "q").replace("\x00", "").strip()[:_LONGEST_TEXT],
            order=_last(parameters, "sort")[:80],
            columns=tuple(dict.fromkeys(columns))[:_MOST_COLUMNS],
            size=int(size) if size in map(str, SIZES) else _USUAL_SIZE,
        )

    @classmethod
    def of_query(cls, query: str) -> "Setup":
        """From a query string, such as that of a saved view."""
        return cls.read(parse_qs(query, keep_blank_values=True))

    def parameters(self) -> list[tuple[str, str]]:
        """The parameters that `read` turns into this setup; the order is always said, so that none are never empty."""
        found = self.selection.parameters()
        found += [("q", self.text)] if self.text else []
        found += [("cols", ",".join(self.columns))] if self.columns else []
        found += [("size", str(self.size))] if self.size != _USUAL_SIZE else []
        return [*found, ("sort", self.order)]

    @property
    def query(self) -> str:
        """The setup as a query string."""
        return urlencode(self.parameters(), safe=":|,")


def _last(parameters: Parameters, name: str) -> str:
    values = parameters.get(name) or [""]
    return values[-1]


def says_something(parameters: Parameters) -> bool:
    """Whether an address holds a setup of its own, and not just the name of a view."""
    return any(name in ("q", "cols", "size", "sort", "match") or name[:1] == "f" for name in parameters)


@dataclass(frozen=True)
class Address:
    """Where the list is: its path, the view it started from, and its setup."""

    path: str
    view: str
    setup: Setup

    def __str__(self) -> str:
        return self.to(self.setup)

    def to(self, setup: Setup, **places: str) -> str:
        """The same list with another setup; `after` and `before` are places between its rows."""
        return f"{self.path}?{self.query(setup, **places)}"

    def query(self, setup: Setup, **places: str) -> str:
        """The query string of such an address."""
        view = [("view", self.view)] if self.view else []
        return urlencode([*view, *setup.parameters(), *places.items()], safe=":|,")

    def fields(self, *left_out: str) -> list[tuple[str, str]]:
        """The parameters as hidden fields of a form that asks for those left out."""
        view = [("view", self.view)] if self.view else []
        return [(name, value) for name, value in [*view, *self.setup.parameters()] if name not in left_out]

    def with_selection(self, selection: Selection) -> str:
        """The same list, filtered otherwise."""
        return self.to(replace(self.setup, selection=selection))

    def ordered_by(self, order: str) -> str:
        """The same list in another order."""
        return self.to(replace(self.setup, order=order))

    def without(self, condition: Condition) -> str:
        """The same list without one filter."""
        return self.with_selection(self.setup.selection.without(condition))
