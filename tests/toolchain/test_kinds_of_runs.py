"""`./test`, `./test fast`, `./test soak`: each runs its own tests."""

import pytest

from toolchain import CHECKOUT
from toolchain.checks import pytest_arguments
from toolchain.lasting import LIST, lasting


def test_without_a_word_all_but_the_long_forms_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAPPORT_TEST_PROCESSES", raising=False)
    assert pytest_arguments("all", []) == ["-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]


def test_fast_leaves_browser_and_slow_tests_out() -> None:
    assert pytest_arguments("fast", [])[1:3] == ["-m", "not browser and not slow and not soak and not lasting"]


def test_soak_runs_only_the_long_forms_and_takes_arguments() -> None:
    assert pytest_arguments("soak", ["-k", "crash"]) == ["-q", "-m", "soak", "-k", "crash"]


def test_what_lasts_is_left_out_of_the_fast_part_and_the_quickest_stay() -> None:
    log = """
50.00s setup    tests/a.py::test_first
44.00s call     tests/a.py::test_quick[one]
2.00s call     tests/b.py::test_long[one]
90.00s call     tests/b.py::test_long[two]
0.10s teardown tests/a.py::test_first
"""
    assert lasting(log) == ["tests/b.py::test_long"]


def test_each_test_that_is_said_to_last_exists() -> None:
    for name in LIST.read_text().split():
        path, *_classes, function = name.split("::")
        assert f"def {function}(" in (CHECKOUT / path).read_text(), name
