"""`./test`: format, lint, types, layers, templates, then the tests."""

import argparse
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from toolchain import CHECKOUT, ENVIRONMENT
from toolchain.assets import ensure_assets, run_script
from toolchain.chromium import ensure_chromium
from toolchain.environment import ensure_environment
from toolchain.progress import say
from toolchain.spark import ensure_spark

HELP = """\
Sets up what the suite needs and runs it: format, lint, types, layers, templates, TypeScript, then the tests.

  ./test                      everything, with a real browser, and with Spark where there is Java 17
  ./test fast                 the quicker half of the tests: under two minutes
  ./test soak                 only the long forms: crash rounds, load, great numbers; with any arguments of pytest
  ./test only PATH …          only the tests, with any arguments of pytest: ./test only tests/core -k undo
"""
EPILOG = (
    "environment: RAPPORT_CHROMIUM names the browser; RAPPORT_TEST_PROCESSES (default 2) how many tests run at once."
)
KINDS = ("all", "fast", "soak", "only")
TESTS_ALONE = frozenset({"only", "soak"})
"""Kinds of run without the other checks, which take arguments of pytest."""
MARKS = {"fast": "not browser and not slow and not soak and not lasting", "soak": "soak"}


@dataclass(frozen=True)
class Check:
    """One tool that must be content; `run` gives its exit status."""

    name: str
    run: Callable[[], int]


def test(arguments: list[str]) -> None:
    """The suite; ends with exit status 0 only when everything passed."""
    parser = argparse.ArgumentParser(
        prog="./test", description=HELP, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=KINDS, default="all", help=argparse.SUPPRESS)
    options, rest = parser.parse_known_args(arguments)
    if rest and options.what not in TESTS_ALONE:
        parser.error(f"unknown arguments: {' '.join(rest)}. For arguments of pytest: ./test only …")
    _set_up(whole=options.what == "all")
    checks = [] if options.what in TESTS_ALONE else list(STATIC_CHECKS)
    failed = [check.name for check in [*checks, _tests(options.what, rest)] if not _passes(check)]
    if failed:
        raise SystemExit(f"\nNot content: {', '.join(failed)}")


def _set_up(*, whole: bool) -> None:
    ensure_environment(development=True)
    ensure_assets()
    if whole:
        ensure_chromium()
        ensure_spark()


def _passes(check: Check) -> bool:
    say(f"\n── {check.name}")
    started = time.monotonic()
    status = check.run()
    say(f"   {'ok' if status == 0 else 'NOT CONTENT'}, {time.monotonic() - started:.0f} s")
    return status == 0


def _tests(what: str, rest: list[str]) -> Check:
    return Check("pytest", _tool("pytest", *pytest_arguments(what, rest)))


def pytest_arguments(what: str, rest: list[str]) -> list[str]:
    """What pytest is told for one kind of run; the long forms run one after the other, for they need the machine."""
    chosen = ["-m", MARKS[what]] if what in MARKS else []
    processes = os.environ.get("RAPPORT_TEST_PROCESSES", "2")
    in_turn = what in TESTS_ALONE or processes == "1"
    parallel = [] if in_turn else ["-n", processes, "--dist", "loadfile", "--no-loadscope-reorder"]
    return ["-q", *chosen, *rest, *parallel]


def _tool(name: str, *arguments: str) -> Callable[[], int]:
    command = [str(ENVIRONMENT / "bin" / name), *arguments]
    environment = {**os.environ, "DJLINT_NO_PROGRESS": "1"}
    return lambda: subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode


STATIC_CHECKS = (
    Check("format (ruff)", _tool("ruff", "format", "--check", "--quiet")),
    Check("lint (ruff)", _tool("ruff", "check", "--quiet")),
    Check("types (mypy)", _tool("mypy")),
    Check("layers (import-linter)", _tool("lint-imports", "--no-cache")),
    Check("templates (djlint)", _tool("djlint", "src/rapport/web/templates", "--lint", "--quiet")),
    Check("TypeScript (tsc)", lambda: run_script("check")),
)
