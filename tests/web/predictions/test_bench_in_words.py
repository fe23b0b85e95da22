"""The bench in sentences."""

import pytest

from rapport.web.predictions.bench_words import (
    calibration_title,
    choice_in_words,
    chosen_title,
    drift_title,
    groups_title,
    variants_title,
)
from rapport.web.predictions.worth import DriftShown, GroupShown, VariantShown


def _compared(chosen: str, **behind: float) -> list[dict[str, object]]:
    return [{"name": name, "behind": told, "is_chosen": name in chosen.split("+")} for name, told in behind.items()]


def test_why_a_way_of_learning_was_chosen() -> None:
    ways = {"straight_lines": 0.004, "lightgbm": 0.0}
    assert "simplest that comes within half a standard error of the best, LightGBM" in choice_in_words(
        _compared("straight_lines", **ways)
    )
    assert "nothing simpler came near enough" in choice_in_words(_compared("lightgbm", **ways))
    assert "the simplest, too" in choice_in_words(_compared("straight_lines", straight_lines=0.0, lightgbm=0.1))
    assert "the mean of Logistic regression, straight lines; LightGBM" in choice_in_words(
        _compared("straight_lines+lightgbm", straight_lines=0.02, lightgbm=0.01)
    )


def test_a_version_that_kept_no_comparison_says_nothing_of_it() -> None:
    assert choice_in_words([{"name": "lightgbm", "is_chosen": True}]) == ""
    assert choice_in_words([]) == ""


@pytest.mark.parametrize(
    ("promised", "came", "ece", "told"),
    [
        (0.38, 0.29, 0.09, "More is promised than comes: 38% were promised on average, 29% came"),
        (0.2, 0.29, 0.09, "Less is promised than comes"),
        (0.29, 0.29, 0.09, "but not everywhere"),
        (0.3, 0.29, 0.02, "What is promised comes: 30%"),
    ],
)
def test_the_title_of_the_calibration_answers(promised: float, came: float, ece: float, told: str) -> None:
    tenths = [{"n": 50, "promised": promised, "came": came}]
    assert told in calibration_title({"calibration": tenths, "ece": ece, "ece_by_chance": 0.04})


def test_without_cases_the_question_stays() -> None:
    assert calibration_title({}) == "Does what is promised come?"
    assert chosen_title([]) == "Which way of learning is best?"
    assert groups_title([]) == "Is it fair to all groups?"
    assert drift_title([]) == "Has the world moved since?"
    assert variants_title([]) == "What does a smaller variant cost?"


def test_the_titles_of_the_other_pictures_answer() -> None:
    ways = _compared("straight_lines+lightgbm", straight_lines=0.02, lightgbm=0.01)
    assert chosen_title(ways) == "Best way of learning: Logistic regression, straight lines; LightGBM"
    fair, unfair = (GroupShown("Country", "FR", 40, "30%", "20%", "−10", marked) for marked in (False, True))
    assert groups_title([fair]) == "Every group got what it was promised, chance apart"
    assert groups_title([fair, unfair]) == "1 group got more or less than promised"
    still, moved = (DriftShown("Amount", "0.2", alarms) for alarms in (False, True))
    assert drift_title([still]) == "The world is as it was learned"
    assert drift_title([moved, moved, still]) == "2 things have moved since"


def test_what_a_smaller_variant_costs_is_told_in_the_title() -> None:
    whole, kept = (VariantShown("All of it", taken, "9 kB", "0.1", "0.51", "0 ± 0") for taken in (True, False))
    small, line = (VariantShown("One line", taken, "1 kB", "0.01", "0.52", "0.003 ± 0.001") for taken in (False, True))
    assert variants_title([kept, line]) == "A smaller variant gives the chances and costs a loss of 0.003 ± 0.001"
    assert variants_title([whole, small]).startswith("All of it gives the chances")
    assert variants_title([whole]).startswith("No smaller variant was tried")
