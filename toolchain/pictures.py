"""Takes the pictures of the README anew: `.venv/bin/python -m toolchain.pictures` (`./test` brings the browser).

Starts Rapport with the demo company in a folder of its own and looks at it in the browser, in light and dark. With
`--address http://127.0.0.1:8000` one that runs already is looked at instead; it must hold the demo company.
"""

import argparse
import base64
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, FilePayload, Page, ViewportSize, sync_playwright

from toolchain import CHECKOUT
from toolchain.chromium import find_chromium
from toolchain.progress import say, stop

FOLDER = CHECKOUT / "docs" / "pictures"
LARGEST = 150_000
PATIENCE = 600.0
LOG_IN, PASSWORD = "alice@northmere.example", "harbour-lights"
SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
CUSTOMERS = """Company;Industry;Country;City;Account owner
Halden Textiles AS;Textiles;Norway;Bergen;Alice Keller
Borealis Paper Oy;Paper;Finlnd;Tampere;Alice Keller
;Plastics;France;Lyon;
"""
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")


@dataclass(frozen=True)
class Picture:
    """What is looked at, and how to get there from being logged in."""

    name: str
    go: Callable[[Page, str], None]
    width: int = 1360
    height: int = 850


def _today(page: Page, address: str) -> None:
    page.goto(address)


def _pipeline(page: Page, address: str) -> None:
    page.goto(f"{address}/pipeline/")


def _opportunity(page: Page, address: str) -> None:
    page.goto(f"{address}/pipeline/?owner=me")
    page.locator(".board-column").nth(3).locator(".board-card a").first.click()
    page.wait_for_url("**/opportunities/**")


def _import(page: Page, address: str) -> None:
    page.goto(f"{address}/imports/")
    file: FilePayload = {"name": "customers.csv", "mimeType": "text/csv", "buffer": CUSTOMERS.encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Upload").click()
    page.locator("#check").click()
    page.locator("#run").wait_for()
    page.get_by_role("button", name="Take all suggestions").click()
    page.locator("#run").wait_for()


PICTURES = (
    Picture("today", _today),
    Picture("pipeline", _pipeline),
    Picture("opportunity", _opportunity),
    Picture("import", _import),
    Picture("phone", _opportunity, width=390, height=844),
)


def take(address: str) -> None:
    """Takes every picture in both themes."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(SWITCHES))
        for theme in THEMES:
            for picture in PICTURES:
                _take(browser, address, picture, theme)
        browser.close()


def _take(browser: Browser, address: str, picture: Picture, theme: Theme) -> None:
    size: ViewportSize = {"width": picture.width, "height": picture.height}
    context = browser.new_context(viewport=size, device_scale_factor=1.5, color_scheme=theme, locale="en-GB")
    page = context.new_page()
    _log_in(page, address)
    picture.go(page, address)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('.toast').forEach(toast => toast.remove())")
    page.wait_for_timeout(800)
    _keep(_webp(page), FOLDER / f"{picture.name}-{theme}.webp")
    context.close()


def _log_in(page: Page, address: str) -> None:
    page.goto(f"{address}/login/")
    page.fill("[name=username]", LOG_IN)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def _webp(page: Page) -> bytes:
    """As WebP, which Playwright itself does not offer."""
    answer = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": 72})
    return base64.b64decode(answer["data"])


def _keep(content: bytes, path: Path) -> None:
    if len(content) > LARGEST:
        stop(f"{path.name} has {len(content):,} bytes, more than {LARGEST:,}: lower the quality.")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    say(f"  {path.relative_to(CHECKOUT)} ({len(content) // 1000} kB)")


@contextmanager
def _demo_company() -> Iterator[str]:
    """The address of a Rapport with the demo company, in a folder that is deleted afterwards."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="rapport-pictures-") as home:
        environment = {**os.environ, "RAPPORT_HOME": home, "PORT": str(port), "HOST": "127.0.0.1"}
        environment.pop("DATABASE_URL", None)
        server = subprocess.Popen([sys.executable, str(CHECKOUT / "run")], env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait_for(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=60)


def _free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port: int = chosen.getsockname()[1]
        return port


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(1)
    stop("Rapport did not start; ./run says why.")


def main() -> None:
    """Reads the arguments and takes the pictures."""
    parser = argparse.ArgumentParser(prog="python -m toolchain.pictures", description=__doc__)
    parser.add_argument("--address", help="a Rapport that runs already, with the demo company")
    address = parser.parse_args().address
    if address:
        take(address.rstrip("/"))
        return
    say("Starting Rapport with the demo company in a folder of its own")
    with _demo_company() as found:
        take(found)


if __name__ == "__main__":
    main()
