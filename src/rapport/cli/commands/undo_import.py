"""`./rapport undo-import`: takes back everything an import wrote."""

from argparse import ArgumentParser, Namespace

from rapport.cli.command import Command
from rapport.cli.console import answer, say, step, table

_MOST_CONFLICTS = 30


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", default="", metavar="IMPORT", help="its id (default: the last import)")
    parser.add_argument("--list", action="store_true", help="print all imports")


def _run(options: Namespace) -> int:
    from rapport.core.actors import SYSTEM, acting_as

    with acting_as(SYSTEM):
        return _list() if options.list else _undo(options.id)


def _undo(key: str) -> int:
    from rapport.cli.import_texts import import_named
    from rapport.core.problems import Problem
    from rapport.integrations.importing.jobs import undo_now
    from rapport.integrations.importing.undoing import left_alone
    from rapport.integrations.models import Status

    subject = import_named(key)
    with step(f"undoing the import of {subject.name}"):
        undo_now(subject)
    subject.refresh_from_db()
    if subject.status != Status.UNDONE:
        raise Problem(subject.problem or "The import is under way elsewhere. Try again when it has ended.")
    kept = left_alone(subject)
    answer(f"Undone: {subject.name}")
    for conflict in kept[:_MOST_CONFLICTS]:
        say(f"  {conflict.record_type} {conflict.record_id} {conflict.field}: {conflict.reason}")
    if len(kept) > _MOST_CONFLICTS:
        say(f"  … and {len(kept) - _MOST_CONFLICTS} more")
    return 0


def _list() -> int:
    from rapport.core.actors import current_actor
    from rapport.integrations.models import Import

    rows = [("IMPORT", "STATUS", "FILES")]
    found = Import.objects.visible_to(current_actor()).order_by("-id")
    rows += [(str(subject.pk), subject.status, subject.name) for subject in found]
    answer(table(rows))
    return 0


COMMAND = Command("undo-import", "takes back everything an import wrote", _run, _arguments)
