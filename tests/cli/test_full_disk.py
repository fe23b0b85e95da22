"""What a command does when the disk is full: it says so, and nothing ends because a line can't be written."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rapport.cli import entry
from rapport.core.home import CHECKOUT

FULL = "/dev/full"
needs_a_full_device = pytest.mark.skipif(not Path(FULL).exists(), reason="no /dev/full here")


@needs_a_full_device
def test_a_line_that_cannot_be_written_ends_nothing() -> None:
    code = "from rapport.cli.console import say; say('one'); say('two'); print('went on')"
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT / "src")}
    with Path(FULL).open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=full, check=True
        )
    assert done.stdout == b"went on\n"


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "The disk of /full is full"),
        (errno.EROFS, "can't be written"),
        (errno.EFBIG, "takes no files as large"),
    ],
)
def test_a_disk_out_of_order_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int, told: str
) -> None:
    def fails(*_given: object) -> int:
        raise OSError(number, "out of order", "/full")

    monkeypatch.setattr(entry, "_run", fails)
    assert entry.main(["healthy"]) == 1
    assert told in capsys.readouterr().err


def test_another_mistake_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object) -> int:
        raise FileNotFoundError(errno.ENOENT, "not there", "/gone")

    monkeypatch.setattr(entry, "_run", fails)
    with pytest.raises(FileNotFoundError):
        entry.main(["healthy"])
