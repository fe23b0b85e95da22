"""Columns filled after the answer was known are found; those that are merely good are not."""

import numpy as np

from rapport.intelligence.tabular import columns_of
from rapport.intelligence.tabular.leakage import suspected_leakage, words_of
from tests.intelligence.tables import leads


def suspected(table, yes, **trust):
    return [suspicion.column for suspicion in suspected_leakage(columns_of(table), yes, **trust)]


def test_a_column_that_tells_the_answer_by_itself_is_found():
    table, yes = leads()
    table["Invoice total"] = [str(1000 + row) if answer else "0" for row, answer in enumerate(yes)]

    assert suspected(table, yes) == ["Invoice total"]


def test_a_column_filled_only_after_a_yes_is_found_whatever_it_says():
    table, yes = leads()
    rng = np.random.default_rng(4)
    table["Colour"] = [str(rng.choice(["red", "blue"])) if answer and rng.random() < 0.98 else None for answer in yes]

    assert suspected(table, yes) == ["Colour"]


def test_where_few_say_yes_thirty_rows_that_all_do_are_enough():
    rng = np.random.default_rng(4)
    yes = np.arange(3_000) % 50 == 0
    table = {"Visits": [str(int(number)) for number in rng.integers(1, 30, 3_000)]}
    table["Volume"] = [
        str(int(rng.integers(1, 900))) if answer and row % 2 == 0 else "" for row, answer in enumerate(yes)
    ]
    table["Partner"] = ["Acme" if row % 200 == 0 else "other" for row in range(3_000)]

    assert suspected(table, yes) == ["Volume"]


def test_a_date_of_closing_is_found_by_its_name_and_what_it_tells():
    table, yes = leads()
    rng = np.random.default_rng(4)
    day = np.where(yes, rng.integers(1, 20, len(yes)), rng.integers(8, 28, len(yes)))
    table["Close_Date__c"] = [f"2026-03-{number:02}" for number in day]
    table["Next visit"] = list(table["Close_Date__c"])

    assert suspected(table, yes) == ["Close_Date__c"]


def test_good_columns_are_left_alone():
    table, yes = leads(2_000, signal=1.6)

    assert suspected(table, yes) == []


def test_a_trusted_column_is_kept():
    table, yes = leads()
    table["Invoice total"] = ["1" if answer else "0" for answer in yes]

    assert suspected(table, yes, keep=["Invoice total"]) == []


def test_names_are_read_as_words():
    assert words_of("LastModifiedDate") == "last modified date"
    assert words_of("Stage_Change_Date__c") == "stage change date c"
    assert words_of("Duration_at_Stage1__c") == "duration at stage 1 c"
