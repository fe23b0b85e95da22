"""Sealing a stream with a passphrase, in the format of age (age-encryption.org), which its own tools open too.

The content is encrypted for a key made for this backup alone; that key is encrypted with the passphrase.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from rapport.core.archives import BROKEN
from rapport.core.problems import Problem

LEAST_LETTERS = 12
_BLOCK = 1 << 20


class WrongPassphrase(Problem):
    """The backup can't be opened with this passphrase."""


@contextmanager
def sealed(target: IO[bytes], identity: str) -> Iterator[IO[bytes]]:
    """What is written within the block goes into `target` encrypted for `identity`."""
    import pyrage  # only sealed backups need it

    recipient = pyrage.x25519.Identity.from_str(identity).to_public()
    read_end, write_end = os.pipe()
    with suppress(OSError, AttributeError):  # larger pieces where the system allows them
        fcntl.fcntl(write_end, fcntl.F_SETPIPE_SZ, _BLOCK)
    failures: list[Exception] = []

    def encrypt() -> None:
        try:
            with os.fdopen(read_end, "rb", _BLOCK) as source:
                pyrage.encrypt_io(source, target, [recipient])
        except Exception as error:  # noqa: BLE001 - told to whoever writes
            failures.append(error)

    thread = threading.Thread(target=encrypt, name="backup-encryption")
    thread.start()
    try:
        with os.fdopen(write_end, "wb", _BLOCK) as open_end:
            yield open_end
    finally:
        thread.join()
    if failures:
        raise failures[0]


def open_sealed(source: IO[bytes], target: IO[bytes], identity: str) -> None:
    """Decrypt all of `source` into `target`; raises `Problem` when it was cut off or altered."""
    import pyrage  # only sealed backups need it

    try:
        pyrage.decrypt_io(source, target, [pyrage.x25519.Identity.from_str(identity)])
    except (pyrage.DecryptError, *BROKEN) as error:
        raise Problem("The backup is damaged: what was encrypted was cut off or altered.") from error


def new_identity() -> str:
    """A key for one backup."""
    import pyrage  # only sealed backups need it

    return str(pyrage.x25519.Identity.generate())


def locked(identity: str, passphrase: str) -> bytes:
    """The key, encrypted with the passphrase; raises `Problem` when that is too short."""
    import pyrage  # only sealed backups need it

    if len(passphrase) < LEAST_LETTERS:
        raise Problem(f"The passphrase is too short. Use at least {LEAST_LETTERS} letters.")
    return bytes(pyrage.passphrase.encrypt(identity.encode(), passphrase))


def unlocked(text: bytes, passphrase: str) -> str:
    """The key; raises `WrongPassphrase`."""
    import pyrage  # only sealed backups need it

    try:
        return bytes(pyrage.passphrase.decrypt(text, passphrase)).decode()
    except pyrage.DecryptError as error:
        raise WrongPassphrase("The backup can't be opened with this passphrase.") from error
