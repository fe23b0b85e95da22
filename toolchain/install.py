"""For installing on a server: sets up the environment and builds the pages, without starting anything.

python3 -m toolchain.install
"""

import subprocess

from toolchain import PYTHON
from toolchain.assets import ensure_assets
from toolchain.environment import ensure_environment
from toolchain.progress import say, step


def install() -> None:
    """What `./run` does before it starts, as far as it belongs to the program and not to its state."""
    ensure_environment()
    ensure_assets()
    with step("compiling the translations"):
        subprocess.run([str(PYTHON), "-m", "rapport.core.translations"], check=True)
    say("Installed. Next: docs/how-to/install-on-a-server.md")


if __name__ == "__main__":
    install()
