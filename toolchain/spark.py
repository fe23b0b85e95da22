"""Spark for the test that features come out the same there: beside the locked packages, where Java runs it."""

import re
import shutil
import subprocess

from toolchain import CHECKOUT, ENVIRONMENT, PYTHON
from toolchain.progress import say, step

LOCK = CHECKOUT / "toolchain" / "spark.lock"
OLDEST_JAVA = 17
_VERSION = re.compile(r'version "(\d+)')


def ensure_spark() -> None:
    """Installs Spark into `.venv` where there is Java; where either is missing the test is skipped and says so."""
    if is_installed() or not has_java():
        return
    with step("installing Spark, on which the features are tried as well"):
        command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "-r", str(LOCK)]
        status = subprocess.run(command, check=False).returncode
    if status:
        say("  Spark could not be installed; the lines above say why. Its test is skipped.")


def is_installed() -> bool:
    """Whether `.venv` holds the version of the lock file."""
    version = LOCK.read_text().partition("pyspark==")[2].split()[0]
    return any(ENVIRONMENT.glob(f"lib/python*/site-packages/pyspark-{version}.dist-info"))


def has_java() -> bool:
    """Whether there is a Java that Spark runs on."""
    if not shutil.which("java"):
        return False
    told = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    found = _VERSION.search(told)
    return found is not None and int(found[1]) >= OLDEST_JAVA
