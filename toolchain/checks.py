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

HELP = """\
Sets up what the suite needs and runs it: format, lint, types, layers, templates, TypeScript, then the tests.

  ./test                      everything, with a real browser
  ./test fast                 without browser and slow tests
  ./test only PATH …          only the tests, with any arguments of pytest: ./test only tests/core -k undo
"""
EPILOG = (
    "environment: RAPPORT_CHROMIUM names the browser; RAPPORT_TEST_PROCESSES (default 2) how many tests run at once."
)


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
    parser.add_argument("what", nargs="?", choices=["all", "fast", "only"], default="all", help=argparse.SUPPRESS)
    options, rest = parser.parse_known_args(arguments)
    if rest and options.what != "only":
        parser.error(f"unknown arguments: {' '.join(rest)}. For arguments of pytest: ./test only …")
    _set_up(with_browser=options.what == "all")
    checks = [] if options.what == "only" else list(STATIC_CHECKS)
    failed = [check.name for check in [*checks, _tests(options.what, rest)] if not _passes(check)]
    if failed:
        raise SystemExit(f"\nNot content: {', '.join(failed)}")


def _set_up(*, with_browser: bool) -> None:
    ensure_environment(development=True)
    ensure_assets()
    if with_browser:
        ensure_chromium()


def _passes(check: Check) -> bool:
    say(f"\n── {check.name}")
    started = time.monotonic()
    status = check.run()
    say(f"   {'ok' if status == 0 else 'NOT CONTENT'}, {time.monotonic() - started:.0f} s")
    return status == 0


def _tests(what: str, rest: list[str]) -> Check:
    processes = os.environ.get("RAPPORT_TEST_PROCESSES", "2")
    arguments = ["-q", *rest]
    if what == "only":
        return Check("pytest", _tool("pytest", *arguments))
    chosen = ["-m", "not browser and not slow"] if what == "fast" else []
    parallel = ["-n", processes, "--dist", "loadfile", "--no-loadscope-reorder"] if processes != "1" else []
    return Check("pytest", _tool("pytest", *arguments, *chosen, *parallel))


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
