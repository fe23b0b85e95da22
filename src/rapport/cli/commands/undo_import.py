"""`./rapport undo-import`: takes back everything an import wrote."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from rapport.cli.command import Command
from rapport.cli.console import answer, say, step, table

if TYPE_CHECKING:
    from rapport.core.undo import Named

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
    from rapport.core.actors import SYSTEM
    from rapport.core.problems import Problem
    from rapport.core.undo import named_for
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
    for named in named_for(SYSTEM, kept[:_MOST_CONFLICTS]):
        say(f"  {_in_words(named)}")
    if len(kept) > _MOST_CONFLICTS:
        say(f"  … and {len(kept) - _MOST_CONFLICTS} more")
    return 0


def _in_words(named: "Named") -> str:
    one = named.conflict
    name = f"{one.record_type} {f'“{named.title}”' if named.title else one.record_id}"
    return f"{name} {one.field}: {one.said}" if one.field else f"{name}: {one.said}"


def _list() -> int:
    from rapport.core.actors import current_actor
    from rapport.integrations.models import Import

    rows = [("IMPORT", "STATUS", "FILES")]
    found = Import.objects.visible_to(current_actor()).order_by("-id")
    rows += [(str(subject.pk), subject.status, subject.name) for subject in found]
    answer(table(rows))
    return 0


COMMAND = Command("undo-import", "takes back everything an import wrote", _run, _arguments)
