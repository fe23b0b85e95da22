"""`./rapport list`: everything that is registered."""

import json
from argparse import ArgumentParser, Namespace

from rapport.cli.command import Command
from rapport.cli.console import answer, table

CHOICES = ("commands", "events", "fields", "jobs", "pages", "reactions", "records", "verbs")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", choices=CHOICES, help="only these (default: all)")
    parser.add_argument("--json", action="store_true", help="as JSON")


def _run(options: Namespace) -> int:
    from rapport.cli.registries import REGISTRIES, load_everything

    load_everything()
    wanted = [options.what] if options.what else list(CHOICES)
    found = {name: REGISTRIES[name]() for name in wanted}
    if options.json:
        answer(json.dumps(found, indent=2))
        return 0
    for name, rows in found.items():
        answer(f"\n{name.upper()} ({len(rows)})")
        if rows:
            answer(table([tuple(row.values()) for row in rows]))
    return 0


COMMAND = Command("list", "prints everything registered: verbs, events, pages …", _run, _arguments)
