"""`./rapport import`: files into records, through the same dry run and run as in the browser."""

import json
import sys
from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from rapport.cli.command import Command
from rapport.cli.console import answer, say, step

if TYPE_CHECKING:
    from rapport.integrations.importing.reporting import Report
    from rapport.integrations.models import Import

_CHOICES = "suggested, create, empty or reject"


def _arguments(parser: ArgumentParser) -> None:
    _arguments_about_the_run(parser)
    _arguments_about_files(parser)
    _arguments_about_values(parser)


def _arguments_about_the_run(parser: ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
    parser.add_argument("--yes", action="store_true", help="don't ask before writing")
    parser.add_argument("--report", metavar="FILE", help="write the report as JSON")
    parser.add_argument("--as", dest="user", metavar="EMAIL", help="act as this user, with their rights")
    parser.add_argument("--resume", metavar="IMPORT", help="go on with an import that was stopped, by its id")


def _arguments_about_files(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="CSV, XLSX or JSON; several are imported together; or one export"
    )
    parser.add_argument("--type", action="append", default=[], metavar="FILE=TYPE", help="what the rows of a file are")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FILE:COLUMN=FIELD",
        help="put a column into a field ('' for none)",
    )
    parser.add_argument("--system", default="", help="the system the identifiers of the rows belong to")
    parser.add_argument(
        "--existing", choices=("update", "skip"), default="update", help="what to do with records already there"
    )


def _arguments_about_values(parser: ArgumentParser) -> None:
    parser.add_argument("--take-suggestions", action="store_true", help="take what unknown values probably mean")
    parser.add_argument(
        "--decide",
        action="append",
        default=[],
        metavar="[FILE:]FIELD:VALUE=CHOICE",
        help=f"decide about one value: {_CHOICES}; or a file with one such decision per line",
    )
    parser.add_argument(
        "--not-same",
        action="append",
        default=[],
        metavar="[FILE:]FIELD:VALUE",
        help="a value that the dry run took as something known is something else; then decide about it",
    )


def _run(options: Namespace) -> int:
    from rapport.core.actors import SYSTEM, acting_as
    from rapport.identity.actors import actor_for

    with acting_as(actor_for(_user(options.user), source="cli") if options.user else SYSTEM):
        if len(options.files) == 1 and _is_export(options.files[0]):
            return _bring_back(options)
        if options.resume:
            return _finish(_found(options.resume), options)
        return _import(options)


def _is_export(name: str) -> bool:
    from rapport.integrations.exporting.bringing_back import is_export

    return is_export(Path(name))


def _bring_back(options: Namespace) -> int:
    """An export of ours comes back as it was, without mapping or dry run."""
    from rapport.cli.import_texts import outcome
    from rapport.integrations.exporting.bringing_back import bring_back
    from rapport.integrations.importing import service

    with step("bringing the export back"):
        subject = bring_back(Path(options.files[0]))
    _write_report(subject, options)
    answer(outcome(service.report_of(subject)))
    say(f"Undo it with: ./rapport undo-import {subject.pk}")
    return 0


def _import(options: Namespace) -> int:
    from rapport.cli.import_texts import summary
    from rapport.integrations.importing import service
    from rapport.integrations.importing.jobs import check_now

    subject = _started(options)
    with step("checking the files"):
        check_now(subject)
    _stop_if_failed(subject)
    if service.tell_apart_by_name(subject, options.not_same):
        with step("checking the files again"):
            check_now(subject)
        _stop_if_failed(subject)
    service.decide_by_name(subject, _decisions(options.decide))
    answer(summary(service.report_of(subject)))
    if options.dry_run:
        return _end_dry_run(subject, options)
    if not options.yes and not _agreed():
        _discard(subject, options)
        say("Nothing was written. Add --yes to import without being asked.")
        return 1
    return _finish(subject, options)


def _finish(subject: "Import", options: Namespace) -> int:
    from rapport.cli.import_texts import outcome
    from rapport.integrations.importing import service
    from rapport.integrations.importing.jobs import run_now

    with step("importing"):
        run_now(subject)
    subject.refresh_from_db()
    _write_report(subject, options)
    _stop_if_failed(subject)
    report = service.report_of(subject)
    answer(outcome(report))
    say(f"Undo it with: ./rapport undo-import {subject.pk}")
    return _status(report)


def _status(report: "Report") -> int:
    """0 only when every row of every file is accounted for."""
    return 0 if report.accounted and not report.files_left_out else 1


def _started(options: Namespace) -> "Import":
    from rapport.core.problems import Problem
    from rapport.integrations.importing import service

    if not options.files:
        raise Problem("Name at least one file. ./rapport import --help explains.")
    with ExitStack() as stack:
        uploads = [service.Upload(Path(name).name, stack.enter_context(_opened(name))) for name in options.files]
        settings = {
            "system": options.system,
            "existing": options.existing,
            "take_suggestions": options.take_suggestions,
        }
        subject = service.start_import(uploads, options=settings)
    _apply_mapping(subject, options)
    return subject


def _opened(name: str):  # type: ignore[no-untyped-def]  # an open file, which ExitStack closes
    from rapport.core.problems import Problem

    try:
        return Path(name).open("rb")
    except OSError as error:
        raise Problem(f"{name} can't be read: {error.strerror}.") from error


def _apply_mapping(subject: "Import", options: Namespace) -> None:
    from rapport.integrations.importing import service

    types = dict(rule.rpartition("=")[::2] for rule in options.type)
    for file in subject.files.all():
        if file.name in types:
            service.map_file(file, record_type=types[file.name])
        own = [rule[len(file.name) + 1 :] for rule in options.map if rule.startswith(f"{file.name}:")]
        if own:
            chosen = {**file.mapping, **dict(rule.rpartition("=")[::2] for rule in own)}
            service.map_file(file, record_type=file.record_type, mapping=chosen)
        if not file.record_type:
            say(f"{file.name} isn't recognised and is left out. Say what it is with --type {file.name}=TYPE.")


def _decisions(rules: list[str]) -> list[str]:
    """The rules themselves, and the lines of those that name a file."""
    found: list[str] = []
    for rule in rules:
        path = Path(rule)
        found += path.read_text("utf-8").splitlines() if "=" not in rule and path.is_file() else [rule]
    return [rule for rule in found if rule.strip()]


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    say("Import this? [y/N] ")
    return sys.stdin.readline().strip().lower() in {"y", "yes", "o", "oui", "s", "sim"}


def _end_dry_run(subject: "Import", options: Namespace) -> int:
    from rapport.integrations.importing import service

    report = service.report_of(subject)
    _discard(subject, options)
    say("This was a dry run: nothing was written.")
    return _status(report)


def _discard(subject: "Import", options: Namespace) -> None:
    from rapport.integrations.importing import service

    _write_report(subject, options)
    service.discard(subject)


def _write_report(subject: "Import", options: Namespace) -> None:
    from rapport.integrations.importing import service

    if options.report:
        Path(options.report).write_text(json.dumps(service.as_json(subject), indent=2, ensure_ascii=False) + "\n")


def _stop_if_failed(subject: "Import") -> None:
    from rapport.core.problems import Problem

    if subject.problem:
        raise Problem(subject.problem)


def _user(email: str):  # type: ignore[no-untyped-def]  # a user; the models load only after Django
    from rapport.core.problems import Problem
    from rapport.identity.models import User

    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise Problem(f"There is no user “{email}”. ./rapport user list shows all.")
    return user


def _found(key: str) -> "Import":
    from rapport.cli.import_texts import import_named

    return import_named(key)


COMMAND = Command("import", "imports CSV, XLSX and JSON files, after a dry run", _run, _arguments)
