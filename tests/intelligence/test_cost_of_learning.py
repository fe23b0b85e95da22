"""What makes learning cheap doesn't change what is learned."""

import numpy as np
from threadpoolctl import threadpool_info

from rapport.intelligence.tabular import Column, ColumnKind
from rapport.intelligence.tabular.candidates import Lesson
from rapport.intelligence.tabular.candidates.boosted import HISTOGRAM_TREES
from rapport.intelligence.tabular.columns import column_of
from rapport.intelligence.tabular.design import Matrices
from rapport.intelligence.tabular.one_thread import one_thread


def test_one_thread_works_while_it_lasts_and_as_many_as_before_afterwards():
    with one_thread():
        within = [pool["num_threads"] for pool in threadpool_info()]
    before = [pool["num_threads"] for pool in threadpool_info()]

    with one_thread(), one_thread():
        pass

    assert set(within) == {1}
    assert [pool["num_threads"] for pool in threadpool_info()] == before


def test_histogram_trees_cut_fine_columns_where_the_answer_changes_whatever_the_weights():
    drawn = np.random.default_rng(1).uniform(size=(4_000, 2))
    drawn[::10, 0] = np.nan
    yes = np.nan_to_num(drawn[:, 0], nan=1.0) > 0.37
    weights = np.linspace(0.5, 1.5, 4_000)

    learned = HISTOGRAM_TREES.learn(Lesson(_matrices(drawn), yes, weights))
    told = learned.log_odds(_matrices(np.array([[0.35, 0.5], [0.39, 0.5], [np.nan, 0.5]])))

    assert (told > 2).tolist() == [False, True, True]
    assert told[0] < -2


def test_a_column_is_numbered_once_and_its_rows_keep_their_numbers():
    read = column_of("Town", ["Lyon ", "Porto", "n/a", "Lyon", "", "Porto"])
    anew = Column("Town", ColumnKind.CATEGORY, read.texts)

    assert read.texts.tolist() == ["Lyon", "Porto", None, "Lyon", None, "Porto"]
    assert read.coded.values == anew.coded.values
    assert read.coded.places.tolist() == anew.coded.places.tolist() == [0, 1, 2, 0, 2, 1]
    assert read.rows(np.array([5, 0])).coded.places.tolist() == [1, 0]
    assert read.missing.tolist() == [False, False, True, False, True, False]


def _matrices(plain: np.ndarray) -> Matrices:
    return Matrices(plain, lambda: plain, lambda: plain)
