"""The system's account under which the embedded database runs: our own, or another one when we are root.

PostgreSQL refuses to run as root. Then an account of its own is made, which may pass the folders above its data.
"""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ACCOUNT_NAME = "rapport-database"
FALLBACK_NAME = "nobody"


@dataclass(frozen=True)
class SystemAccount:
    """Who runs the database server. `entry` is None when that is the account we run under ourselves."""

    entry: pwd.struct_passwd | None

    @property
    def switch(self) -> dict[str, Any]:
        """Arguments for `subprocess.run` that make it run under this account."""
        if self.entry is None:
            return {}
        return {"user": self.entry.pw_uid, "group": self.entry.pw_gid, "extra_groups": []}

    def must_own(self, folder: Path) -> None:
        """Gives the folder to this account; refuses one that somebody else put there."""
        wanted = os.geteuid() if self.entry is None else self.entry.pw_uid
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {wanted, os.geteuid()}:
            message = f"{folder} belongs to somebody else. Remove it, or set RAPPORT_HOME to another folder."
            raise PermissionError(message)
        if self.entry is not None:
            os.chown(folder, self.entry.pw_uid, self.entry.pw_gid)

    def may_pass(self, folder: Path) -> None:
        """Lets this account go through the folder and those above it; it can read nothing more by that."""
        if self.entry is None:
            return
        for place in (folder, *folder.parents):
            mode = place.stat().st_mode
            if not mode & stat.S_IXOTH:
                place.chmod(mode | stat.S_IXOTH)

    def may_use(self, programs: Path) -> None:
        """Lets this account read and run what lies in a folder of programs."""
        if self.entry is None:
            return
        self.may_pass(programs)
        if programs.stat().st_mode & stat.S_IROTH:
            return
        for place in (programs, *programs.rglob("*")):
            mode = place.stat().st_mode
            place.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def database_account() -> SystemAccount:
    """Our own account, or for root the account made for the database."""
    if os.geteuid() != 0:
        return SystemAccount(entry=None)
    return SystemAccount(entry=_entry(ACCOUNT_NAME) or _made() or _entry(FALLBACK_NAME))


def _made() -> pwd.struct_passwd | None:
    program = shutil.which("useradd")
    if program is None:
        return None
    subprocess.run(
        [program, "--system", "--shell", "/usr/sbin/nologin", ACCOUNT_NAME], capture_output=True, check=False
    )
    return _entry(ACCOUNT_NAME)


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
