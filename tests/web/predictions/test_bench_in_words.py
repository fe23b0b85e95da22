"""The bench in sentences."""

import pytest

from rapport.web.predictions.bench_words import calibration_title, choice_in_words


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
