"""`./rapport count`: how many records there are."""

import json
from argparse import ArgumentParser, Namespace

from rapport.cli.command import Command
from rapport.cli.console import answer, table


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON: {record type: number}")


def _run(options: Namespace) -> int:
    from rapport.core.records import RECORD_TYPES

    counts = {name: RECORD_TYPES[name]._base_manager.count() for name in sorted(RECORD_TYPES)}
    if options.json:
        answer(json.dumps(counts))
    else:
        answer(table([(name, str(count)) for name, count in counts.items()]))
    return 0


COMMAND = Command("count", "prints the number of records by type", _run, _arguments)
