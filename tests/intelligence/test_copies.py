"""Rows that were copied are told from rows that are alike by chance."""

import numpy as np

from rapport.intelligence.tabular import Column, columns_of
from rapport.intelligence.tabular.copies import copied_rows
from rapport.intelligence.tabular.measures import Booleans
from tests.intelligence.tables import leads


def test_the_multiplied_rows_of_the_rarer_answer_are_found():
    columns, yes = _leads(decimals=7)
    again = np.concatenate([np.arange(len(yes)), np.random.default_rng(3).choice(np.flatnonzero(yes), 300)])

    copies = copied_rows([column.rows(again) for column in columns], yes[again])

    assert copies.sum() == 300
    assert len({columns[2].texts[row] for row in again[~copies]}) == len(yes)


def test_rows_alike_by_chance_stay():
    columns, yes = _leads(decimals=0)

    assert len({(columns[0].texts[row], columns[1].numbers[row]) for row in range(len(yes))}) < len(yes) / 4
    assert not copied_rows(columns, yes).any()


def test_a_few_copies_do_no_harm_and_stay():
    columns, yes = _leads(decimals=7)
    again = np.append(np.arange(len(yes)), [1, 2, 3])

    assert not copied_rows([column.rows(again) for column in columns], yes[again]).any()


def _leads(*, decimals: int) -> tuple[list[Column], Booleans]:
    """Of many decimals no two leads are alike, of none most are; the answer follows neither by itself."""
    table, yes = leads(900)
    size = np.random.default_rng(2).normal(3, 1, 900).round(decimals)
    return columns_of({"Source": table["Source"], "Size": [str(one) for one in size], "Lead": table["Lead"]}), yes
