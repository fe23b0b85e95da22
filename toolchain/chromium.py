"""The browser of the tests: Debian's Chromium, or the one `RAPPORT_CHROMIUM` names."""

import os
import shutil
import subprocess

from toolchain.progress import step, stop

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-dejavu-core", "fonts-noto-color-emoji")


def find_chromium() -> str | None:
    """The path of a Chromium on this machine."""
    return os.environ.get("RAPPORT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def ensure_chromium() -> None:
    """Installs Chromium from the system's packages when there is none and we may."""
    if find_chromium():
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        stop(
            "The browser tests need Chromium, and there is none. As root: `apt-get install chromium`. "
            "Or name one: RAPPORT_CHROMIUM=/path/to/chromium ./test. Without a browser: ./test fast"
        )
    with step("installing Chromium from the system's packages"):
        for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(["apt-get", *arguments], check=False, env=environment, stdout=subprocess.DEVNULL)
    if not find_chromium():
        stop("Chromium could not be installed; the lines above say why. Without a browser: ./test fast")
