"""Outlooks compare five ways of learning beside the baseline, on cases older than those that judge the one taken."""

import numpy as np
import pytest

from rapport.intelligence.abstaining import NO_BETTER
from rapport.intelligence.outlooks.kinds import SHARES, learn_kinds, shares
from rapport.intelligence.outlooks.kinds import WAYS as WAYS_OF_KINDS
from rapport.intelligence.outlooks.quantities import USUAL, WAYS, factors, foreseen, learn_quantity
from rapport.intelligence.outlooks.ways import BLEND, Chosen, Times, Trial, choose
from rapport.intelligence.tabular.columns import Column, ColumnKind, Floats

CASES = 900


def _columns(**numbers: Floats) -> list[Column]:
    none = np.full(CASES, None, dtype=object)
    return [Column(name, ColumnKind.NUMBER, none[: len(values)], values) for name, values in numbers.items()]


def _days() -> Floats:
    return np.arange(CASES, dtype=float)


def test_a_quantity_is_tried_in_five_ways_and_taken_from_one_that_tells_more_than_what_is_usual() -> None:
    dice = np.random.default_rng(5)
    size, other = dice.normal(size=CASES), dice.normal(size=CASES)
    amounts = np.exp(5 + np.where((size > 0) & (other > 0), 2.0, 0.0) + dice.normal(0, 0.3, CASES))
    columns = _columns(size=size, other=other)

    found = learn_quantity(columns, amounts, _days(), _days())

    names = [one["name"] for one in found.compared]
    assert all(one["seconds"] >= 0 for one in found.compared)
    assert [one["name"] for one in found.compared if not one["bytes"]] == [USUAL]
    assert not found.problem
    assert names[:6] == [USUAL, *WAYS]
    assert len(WAYS) >= 5
    assert found.algorithm in names
    assert "line" not in found.algorithm, "two facts together are no sum of lines"
    assert foreseen(found.kept, columns)[(size > 0.5) & (other > 0.5)].mean() > 6.3


def test_what_moves_a_quantity_adds_up_to_what_is_foreseen_whatever_was_taken() -> None:
    dice = np.random.default_rng(6)
    size, other = dice.normal(size=CASES), dice.normal(size=CASES)
    columns = _columns(size=size, other=other)
    found = learn_quantity(columns, np.exp(5 + size + np.sin(3 * other) + dice.normal(0, 0.4, CASES)), _days(), _days())

    added = np.array([sum(np.log(times) for _name, times in row) for row in factors(found.kept, columns)])

    assert np.ptp(foreseen(found.kept, columns) - added) == pytest.approx(0, abs=1e-6)


def test_versions_kept_with_one_way_only_are_still_read() -> None:
    dice = np.random.default_rng(7)
    columns = _columns(size=dice.normal(size=CASES))
    kept = dict(learn_quantity(columns, np.exp(5 + dice.normal(size=CASES)), _days(), _days()).kept)
    part = kept.pop("parts")[0]

    assert foreseen(kept | part, columns).shape == (CASES,)


def test_of_many_ways_tried_on_noise_the_one_taken_is_judged_on_cases_it_was_not_chosen_by() -> None:
    told = []
    for seed in range(40):
        dice = np.random.default_rng(100 + seed)
        columns = _columns(**{f"c{one}": dice.normal(size=300) for one in range(4)})
        days = np.arange(300.0)
        told.append(learn_quantity(columns, np.exp(dice.normal(5, 1, 300)), days, days).problem != NO_BETTER)

    assert np.mean(told) <= 0.2, "a standard error is passed by chance once in six"


def test_kinds_are_tried_in_five_ways_and_their_chances_add_up() -> None:
    dice = np.random.default_rng(8)
    size = dice.normal(size=CASES)
    kinds = np.where(np.abs(size) + dice.normal(0, 0.2, CASES) > 0.7, "Software", "Sensors").tolist()
    columns = _columns(size=size)

    found = learn_kinds(columns, kinds, _days(), _days())

    assert not found.problem
    assert [one["name"] for one in found.compared][:6] == [SHARES, *WAYS_OF_KINDS]
    assert len(WAYS_OF_KINDS) >= 5
    assert "regression" not in found.algorithm, "what bends is no line"
    assert shares(found.kept, columns).sum(axis=1) == pytest.approx(1)


def test_the_simplest_is_taken_where_noise_decides_and_of_few_cases() -> None:
    wobbling = np.random.default_rng(9).normal(0, 1, (3, 400))
    said = {"simple": wobbling[0], "usual": wobbling[1], "fine": wobbling[2]}

    def chosen(trial: Trial) -> Chosen:
        return choose(
            list(said), trial, told=lambda name, trial: said[name][trial.newest], lost=lambda one, _trial: one**2
        )

    assert chosen(Trial(np.arange(5), np.arange(5))) == Chosen("simple", ("simple",))
    said["fine"] = said["simple"] * 0.1
    said["usual"] = said["simple"] * 0.9
    assert chosen(Trial(np.arange(400), np.arange(400))).name == "fine"
    said["fine"], said["usual"] = said["simple"] + 1e-3, said["simple"] - 1e-3
    assert chosen(Trial(np.arange(400), np.arange(400))).name == "simple"
    assert BLEND not in said


def test_no_case_is_learned_from_whose_answer_came_after_those_tried_began() -> None:
    as_of = np.arange(100.0)
    trial = Times(as_of + 20, as_of).trial()
    inner = Times(as_of + 20, as_of).trial(trial.older)

    assert trial.newest.tolist() == list(range(70, 100))
    assert trial.older.tolist() == list(range(51))
    assert inner.newest.tolist() == list(range(36, 51))
    assert inner.older.tolist() == list(range(17))
