"""Learning from rows that somebody corrected: which cells elsewhere are wrong in the same way.

The signs of error are the features, and cells that look alike to all of them share a label, as in Mahdavi et al.,
"Raha: a configuration-free error detection system", 2019. A forest over all columns weighs them; cells that the signs
alone are sure of teach it too, with little weight, so that a few labels don't make it forget them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import ExtraTreesClassifier

from .grid import Column
from .inspection import Inspection, Likelihoods
from .shapes import outline

Features = npt.NDArray[np.float32]
Groups = npt.NDArray[np.int64]
Marks = Mapping[tuple[int, int], bool]
_TREES = 150
_OWN_SIGNS = 1.0  # a cell's own signs count as much as one labelled cell that looks alike
_TAUGHT_BY_SIGNS = 20
_THEIR_WEIGHT = 0.2
_SUSPECTED, _CLEAN = 0.9, 0.05
_MANY = 5


@dataclass(frozen=True, eq=False)
class _View:
    """A column as the forest sees it: what the signs say, and in which ways its cells look alike."""

    place: int
    plain: Likelihoods
    alike: Sequence[Groups]
    facts: Features
    rows: npt.NDArray[np.int64]
    wrong: npt.NDArray[np.float64]

    def features(self, *, of_labelled: bool) -> Features:
        """The features of all cells, or of the labelled ones, whose own label is then kept from them."""
        rates, counts = zip(*(self._rate(group, but_own=of_labelled) for group in self.alike), strict=True)
        found = np.column_stack([self.facts, *rates, *counts]).astype(np.float32)
        return found[self.rows] if of_labelled else found

    def _rate(self, group: Groups, *, but_own: bool) -> tuple[Features, Features]:
        """The share of wrong cells among the labelled that look alike, and how many there are."""
        size = int(group.max(initial=0)) + 1
        count = np.bincount(group[self.rows], minlength=size).astype(np.float64)[group]
        wrong = np.bincount(group[self.rows], weights=self.wrong, minlength=size).astype(np.float64)[group]
        if but_own:
            count[self.rows] -= 1
            wrong[self.rows] -= self.wrong
        rate = (wrong + _OWN_SIGNS * self.plain) / (count + _OWN_SIGNS)
        return rate.astype(np.float32), np.minimum(count, _MANY).astype(np.float32)


def learned(inspection: Inspection, marks: Marks, *, seed: int = 1) -> list[Likelihoods]:
    """The likelihood of an error in each cell, by column, given cells (row, column) marked wrong (True) or right."""
    views = [_view(inspection, place, marks) for place in range(len(inspection.grid.columns))]
    forest = _forest(views, seed)
    return [_likelihoods(view, forest) for view in views]


def _view(inspection: Inspection, place: int, marks: Marks) -> _View:
    column = inspection.grid.columns[place]
    plain = inspection.likelihoods(place)
    said = np.column_stack(list(inspection.said_of(place).values()))
    labelled = {row: wrong for (row, of), wrong in marks.items() if of == place}
    alike = list(_ways_to_be_alike(column, said))
    return _View(
        place=place,
        plain=plain,
        alike=alike,
        facts=_facts(inspection, column, plain, said, alike),
        rows=np.array(list(labelled), dtype=np.int64),
        wrong=np.array(list(labelled.values()), dtype=np.float64),
    )


def _ways_to_be_alike(column: Column, said: Features) -> Iterator[Groups]:
    """By what the signs say, by look, by shape, by look and signs together, by value."""
    _rows, signs = np.unique(np.round(said * 4).astype(np.int8), axis=0, return_inverse=True)
    looks = _numbered([outline(value.strip()) for value in column.values])[column.codes]
    _pairs, both = np.unique(looks * (int(signs.max(initial=0)) + 1) + signs.ravel(), return_inverse=True)
    yield signs.ravel()
    yield looks
    yield _numbered(column.shapes)[column.codes]
    yield both
    yield column.codes.astype(np.int64)


def _numbered(texts: Sequence[str]) -> Groups:
    known: dict[str, int] = {}
    return np.array([known.setdefault(text, len(known)) for text in texts], dtype=np.int64)


def _facts(
    inspection: Inspection, column: Column, plain: Likelihoods, said: Features, alike: Sequence[Groups]
) -> Features:
    height = max(1, inspection.grid.height)
    of_column = [column.filled / height, column.different / max(1, column.filled), float(plain.mean())]
    frequency = np.log1p(column.counts[column.codes]) / np.log1p(height)
    shares = [(np.bincount(group) / height)[group] for group in alike[1:3]]
    return np.column_stack(
        [plain, said, frequency, column.codes == column.blank, *shares, *(np.full(height, fact) for fact in of_column)]
    ).astype(np.float32)


def _forest(views: Sequence[_View], seed: int) -> ExtraTreesClassifier | None:
    dice = np.random.default_rng(seed)
    features, wrong, weights = [], [], []
    for view in views:
        features.append(view.features(of_labelled=True))
        wrong.append(view.wrong)
        weights.append(np.ones(len(view.wrong)))
        every = view.features(of_labelled=False)
        for rows, label in ((view.plain >= _SUSPECTED, 1.0), (view.plain < _CLEAN, 0.0)):
            taught = dice.permutation(np.flatnonzero(rows))[:_TAUGHT_BY_SIGNS]
            features.append(every[taught])
            wrong.append(np.full(len(taught), label))
            weights.append(np.full(len(taught), _THEIR_WEIGHT))
    labels = np.concatenate(wrong)
    if len(set(labels.tolist())) < 2:
        return None
    forest = ExtraTreesClassifier(_TREES, random_state=seed)
    forest.fit(np.concatenate(features), labels, sample_weight=np.concatenate(weights))
    return forest


def _likelihoods(view: _View, forest: ExtraTreesClassifier | None) -> Likelihoods:
    """Cells that look the same are judged once; the labelled keep their label."""
    found = view.plain.copy()
    if forest is not None:
        different, which = np.unique(np.round(view.features(of_labelled=False), 3), axis=0, return_inverse=True)
        found = forest.predict_proba(different)[:, 1].astype(np.float32)[which.ravel()]
    found[view.rows] = view.wrong
    return found
