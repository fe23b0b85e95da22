"""Chromium for the tests in this folder; each is marked `browser`."""

from pathlib import Path
from typing import Any

import pytest

from toolchain.chromium import find_chromium

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what lies in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Starts the machine's own Chromium."""
    path = find_chromium()
    if path is None:
        pytest.fail("no Chromium on this machine: run ./test, which installs it, or set RAPPORT_CHROMIUM")
    return {**browser_type_launch_args, "executable_path": path, "args": list(QUIET)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desktop window, English and a fixed time zone, whatever the machine's."""
    viewport = {"width": 1440, "height": 900}
    return {
        **browser_context_args,
        "viewport": viewport,
        "locale": "en-GB",
        "timezone_id": "UTC",
        "color_scheme": "light",
    }
