"""A file appears under its name when it is complete; what killed writers left behind goes with the next one."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rapport.core.appearing import appearing

_WRITES_ON = """
import sys, time
from pathlib import Path
from rapport.core.appearing import appearing
with appearing(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("at it", flush=True)
    time.sleep(60)
"""


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with appearing(path) as file:
        file.write(b"half")
        assert not path.exists()
        file.write(b" and half")
    assert path.read_bytes() == b"half and half"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(FileExistsError), appearing(path):
        pass
    assert path.exists()


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), appearing(tmp_path / "all.zip") as file:
        file.write(b"half")
        _ = 1 / 0
    assert not list(tmp_path.iterdir())


def test_a_disk_that_is_full_is_that_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"all\.zip") as told, appearing(tmp_path / "all.zip"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert told.value.filename == str(tmp_path / "all.zip")
    assert not list(tmp_path.iterdir())


def test_what_a_killed_writer_left_goes_with_the_next_one_and_nobody_elses(tmp_path: Path) -> None:
    with _writer(tmp_path / "first") as alive, _writer(tmp_path / "second") as killed:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        for part in tmp_path.iterdir():
            os.utime(part, (time.time() - 3_600,) * 2)
        with appearing(tmp_path / "third") as file:
            file.write(b"whole")
        left = sorted(path.name.split(".")[1] for path in tmp_path.iterdir() if path.name != "third")
        assert left == ["first"]
        alive.kill()


def _writer(path: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen([sys.executable, "-c", _WRITES_ON, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "at it\n"
    return process
