"""What `./run`, `./test` and `./rapport` need before Rapport's own code can run: environment, assets, translations.

Only Python's standard library may be imported here (the modules that need more say so): at first start nothing else is
there.
"""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGE = CHECKOUT / "src" / "rapport"
ENVIRONMENT = CHECKOUT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
