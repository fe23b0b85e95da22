"""`./rapport backup`: everything in one file, while the product runs."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rapport.cli.command import Command
from rapport.cli.console import answer, say, step


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="where to; a dated name in the backup folder if not given"
    )
    parser.add_argument("--passphrase-file", metavar="FILE", help="seal the backup with the passphrase in this file")
    parser.add_argument("--keep", type=int, metavar="N", help="afterwards keep only the newest N in the backup folder")


def _run(options: Namespace) -> int:
    from django.conf import settings

    from rapport.core.backup.making import default_path, keep_newest, make_backup
    from rapport.core.backup.passphrases import passphrase_in

    folder = Path(settings.BACKUP_FOLDER)
    path = Path(options.file).absolute() if options.file else default_path(folder)
    with step("making the backup"):
        made = make_backup(path, passphrase=passphrase_in(options.passphrase_file))
    sealed = "" if made.sealed else ". It is not sealed: keep it as safe as the database itself"
    answer(f"{made.path}: {made.bytes / 1_000_000:,.1f} MB in {made.seconds} s{sealed}.")
    for old in keep_newest(folder, max(1, options.keep)) if options.keep else ():
        say(f"  deleted {old.name}")
    return 0


COMMAND = Command("backup", "writes everything into one file, while Rapport runs", _run, _arguments)
