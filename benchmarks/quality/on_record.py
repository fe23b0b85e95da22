"""Duplicates among records: the product's own search on invented customers whose doubles are known, by kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from benchmarks.quality.cast import Cast, companies, kinds_of, people
from benchmarks.quality.measuring import measured, table
from rapport.quality.duplicates.blocking import blocks_of, candidate_pairs
from rapport.quality.duplicates.searching import find_among
from rapport.quality.duplicates.sureness import Judged, sure_from
from rapport.quality.duplicates.tables import Records, row_of

Pairs = set[tuple[int, int]]


@dataclass(frozen=True)
class Result:
    """Which pairs were compared, which of them were called the same, and which surely."""

    cast: Cast
    compared: Pairs
    found: Pairs
    sure: Pairs

    @property
    def precision(self) -> float:
        """The share of the pairs found that are the same."""
        return share(self.found, set(self.cast.same))

    @property
    def precision_of_sure(self) -> float:
        """The share of those that may be merged without a look at each."""
        return share(self.sure, set(self.cast.same))

    @property
    def recall(self) -> float:
        """The share of the same that was found."""
        return share(self.cast.same, self.found)


def search(cast: Cast) -> Result:
    """Search a cast as the product does every night."""
    ids = [UUID(int=place) for place in range(len(cast.rows))]
    records = Records(cast.record_type, ids, [row_of(cast.record_type, row) for row in cast.rows])
    outcome = find_among(records, progress=lambda _done, _total: None)
    found = {(one.left.int, one.right.int): one.probability for one in outcome.found}
    least = sure_from([Judged(probability) for probability in found.values()])
    sure = {pair for pair, probability in found.items() if probability >= least}
    return Result(cast, candidate_pairs(blocks_of(records)), set(found), sure)


def share(wanted: Iterable[tuple[int, int]], found: Pairs) -> float:
    """The share of some pairs that is among others."""
    pairs = set(wanted)
    return len(pairs & found) / max(len(pairs), 1)


def run() -> None:
    """Print a table for people and one for organisations."""
    print("\n## Duplicates among records (invented customers)\n")
    for cast in (people(6_000), companies(3_000)):
        with measured() as effort:
            result = search(cast)
        told = f"precision {result.precision:.3f}, recall {result.recall:.3f}"
        told += f"; {len(result.sure):,} sure ones, {result.precision_of_sure:.3f} of them right"
        print(f"{cast.record_type}: {len(cast.rows):,} records, {len(cast.same):,} doubles; {told}; {effort}\n")
        rows = [
            (kind, len(pairs), f"{share(pairs, result.compared):.3f}", f"{share(pairs, result.found):.3f}")
            for kind, pairs in kinds_of(cast)
        ]
        print(table(("they differ by", "pairs", "compared", "found"), rows) + "\n")
