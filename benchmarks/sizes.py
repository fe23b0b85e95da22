"""How much data a benchmark is run on."""

from dataclasses import dataclass

MILLION = 1_000_000


@dataclass(frozen=True)
class Size:
    """Numbers of records; the other figures follow from the number of people."""

    people: int
    users: int = 40
    teams: int = 6

    @property
    def organisations(self) -> int:
        """Five people each, on average."""
        return max(self.people // 5, 1)

    @property
    def opportunities(self) -> int:
        """One for two people."""
        return self.people // 2

    @property
    def activities(self) -> int:
        """Two for each person; five where there are a million and more, as in companies that large."""
        return self.people * (5 if self.people >= MILLION else 2)
