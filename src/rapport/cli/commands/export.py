"""`./rapport export`: record types, or everything, as files."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rapport.cli.command import Command
from rapport.cli.console import answer, step


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("types", nargs="*", metavar="TYPE", help="record types, such as organisation person")
    parser.add_argument("place", metavar="FOLDER|FILE", help="a new folder, a .zip, or a file for one type")
    parser.add_argument("--all", action="store_true", help="every record type, with the contents of files")
    parser.add_argument("--format", choices=("csv", "xlsx", "json"), help="csv if not given, or what FILE says")
    parser.add_argument("--as", dest="user", metavar="EMAIL", help="export what this user may see")


def _run(options: Namespace) -> int:
    from rapport.core.actors import SYSTEM
    from rapport.core.problems import Problem
    from rapport.identity.actors import actor_for
    from rapport.integrations.exporting.export import Export, write_file, write_folder

    if bool(options.types) == options.all:
        raise Problem("Name the record types to export, or --all. ./rapport list records shows them.")
    place = Path(options.place)
    if place.exists() and not place.is_dir():
        raise Problem(f"{place} is there already. Choose another name.")
    actor = actor_for(_user(options.user), source="cli") if options.user else SYSTEM
    export = Export(actor, tuple(options.types), _format(options, place))
    with step("exporting"):
        if place.suffix in _FORMATS or place.suffix == ".zip":
            if place.suffix != ".zip" and len(options.types) != 1:
                raise Problem("One file holds one record type. Give a folder or a .zip for several.")
            write_file(export, place)
        else:
            write_folder(export, place)
    answer(f"{export.rows:,} records exported to {place}.")
    return 0


_FORMATS = {".csv": "csv", ".xlsx": "xlsx", ".json": "json", ".jsonl": "json"}


def _format(options: Namespace, place: Path) -> str:
    return options.format or _FORMATS.get(place.suffix, "csv")


def _user(email: str):  # type: ignore[no-untyped-def]  # a user; the models load only after Django
    from rapport.core.problems import Problem
    from rapport.identity.models import User

    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise Problem(f"There is no user “{email}”. ./rapport user list shows all.")
    return user


COMMAND = Command("export", "exports record types, or everything, as CSV, XLSX or JSON", _run, _arguments)
