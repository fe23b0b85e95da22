"""`./rapport restore FILE`: brings a backup back; all of it or nothing."""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from rapport.cli.command import Command, Needs
from rapport.cli.console import answer, say
from rapport.core.home import home_folder


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the backup")
    parser.add_argument("--passphrase-file", metavar="FILE", help="the passphrase it was sealed with")
    parser.add_argument(
        "--force", action="store_true", help="replace what is here; the home folder's old state is kept"
    )
    parser.add_argument("--yes", action="store_true", help="don't ask before replacing")


def _run(options: Namespace) -> int:
    from rapport.core.backup.passphrases import passphrase_in
    from rapport.core.backup.restoring import Restore, finish_swap, unfinished_swap
    from rapport.core.database_settings import database_settings

    home = home_folder()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (interrupted := unfinished_swap(home)) is not None:
        finish_swap(home, interrupted)
        answer("A restore that was interrupted at its last step is finished now. Nothing else was done.")
        return 0
    if options.force and not options.yes and not _agreed(home):
        say("Nothing was done. Add --yes to replace without being asked.")
        return 1
    url_settings = database_settings(home=home) if os.environ.get("DATABASE_URL") else None
    done = Restore(
        Path(options.file),
        home,
        passphrase=passphrase_in(options.passphrase_file),
        url_settings=url_settings,
        replace=options.force,
        tell=lambda line: say(f"  {line}"),
    ).run()
    rows = sum(done.manifest.tables.values())
    answer(f"Restored the backup of {done.manifest.made_at}: {rows:,} rows verified, in {done.seconds} s.")
    if done.kept_in:
        say(f"  what was here before lies in {done.kept_in}; delete it when you no longer need it")
    return 0


def _agreed(home: Path) -> bool:
    if not sys.stdin.isatty():
        return False
    say(f"This replaces everything in {home}. Go on? [y/N] ")
    return sys.stdin.readline().strip().lower() in {"y", "yes", "o", "oui", "s", "sim"}


COMMAND = Command("restore", "brings a backup back: all of it or nothing", _run, _arguments, needs=Needs.NOTHING)
