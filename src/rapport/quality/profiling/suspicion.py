"""What the signs of error say of a cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Suspicion:
    """One reason to think a cell wrong: how likely it is, what was meant and how sure that is.

    `proposal` is None where nothing can be proposed, "" where the cell should be empty.
    """

    likelihood: float
    reason: str
    proposal: str | None = None
    confidence: float = 0.0


@dataclass
class Suspicions:
    """What one sign found: about values (wherever they stand in a column) and about single cells.

    `values[column][code]` holds for each row with that value, `cells[column][row]` for one cell; columns by position.
    """

    sign: str
    values: dict[int, dict[int, Suspicion]] = field(default_factory=dict)
    cells: dict[int, dict[int, Suspicion]] = field(default_factory=dict)

    def of_value(self, column: int, code: int, suspicion: Suspicion) -> None:
        """Suspect a value; the stronger of two suspicions stays."""
        known = self.values.setdefault(column, {})
        if code not in known or known[code].likelihood < suspicion.likelihood:
            known[code] = suspicion

    def of_cell(self, row: int, column: int, suspicion: Suspicion) -> None:
        """Suspect one cell; the stronger of two suspicions stays."""
        known = self.cells.setdefault(column, {})
        if row not in known or known[row].likelihood < suspicion.likelihood:
            known[row] = suspicion

    def rows_of(self, column: int) -> Mapping[int, Suspicion]:
        """What is said of single cells of a column, by row."""
        return self.cells.get(column, {})

    def about(self, row: int, column: int, code: int) -> Suspicion | None:
        """The stronger of what is said of a cell and of its value."""
        cell, value = self.cells.get(column, {}).get(row), self.values.get(column, {}).get(code)
        if cell is None or value is None:
            return cell or value
        return cell if cell.likelihood >= value.likelihood else value
