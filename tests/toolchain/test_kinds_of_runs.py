"""`./test`, `./test fast`, `./test soak`: each runs its own tests."""

import pytest

from toolchain.checks import pytest_arguments


def test_without_a_word_all_but_the_long_forms_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAPPORT_TEST_PROCESSES", raising=False)
    assert pytest_arguments("all", []) == ["-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]


def test_fast_leaves_browser_and_slow_tests_out() -> None:
    assert pytest_arguments("fast", [])[1:3] == ["-m", "not browser and not slow and not soak"]


def test_soak_runs_only_the_long_forms_and_takes_arguments() -> None:
    assert pytest_arguments("soak", ["-k", "crash"]) == ["-q", "-m", "soak", "-k", "crash"]
