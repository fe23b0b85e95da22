"""Writes the generated pages of `docs/reference`: `.venv/bin/python -m toolchain.reference`."""

import os
from collections.abc import Iterator, Sequence
from itertools import groupby

from toolchain import CHECKOUT

FOLDER = CHECKOUT / "docs" / "reference"
MADE_BY = "<!-- Made by toolchain.reference; changes are lost. -->"


def write() -> None:
    """Writes each page."""
    from rapport.cli.registries import load_everything

    load_everything()
    pages = (
        ("commands", commands()),
        ("verbs", verbs()),
        ("dictionary", dictionary()),
        ("quality-rules", quality_rules()),
    )
    for name, lines in pages:
        (FOLDER / f"{name}.md").write_text("\n".join([MADE_BY, *lines]) + "\n")


def commands() -> Iterator[str]:
    """The commands of `./rapport`."""
    from rapport.cli.command import all_commands

    yield from ("# Commands", "", "`./rapport COMMAND --help` tells more about each.", "")
    yield from _table(("command", "what it does"), [(f"`{one.name}`", one.help) for one in all_commands()])


def verbs() -> Iterator[str]:
    """Every verb, by record type."""
    from rapport.core.verbs import VERBS

    yield from (
        "# Verbs",
        "",
        "Everything that changes a record, by record type, with the permission it needs.",
    )
    found = sorted(VERBS.values(), key=lambda verb: verb.name)
    for record_type, group in groupby(found, key=lambda verb: verb.name.partition(".")[0]):
        yield from ("", f"## {record_type}", "")
        rows = [
            (f"`{verb.name}`", str(verb.label), verb.meaning.partition("\n")[0], verb.risk.value, verb.permission)
            for verb in group
        ]
        yield from _table(("verb", "label", "meaning", "risk", "permission"), rows)


def quality_rules() -> Iterator[str]:
    """The quality rules that ship, by what they look for."""
    from rapport.quality.ruling.registry import shipped_rules

    yield from (
        "# Quality rules",
        "",
        "What is looked for in every record; see [data quality](../concepts/data-quality.md).",
    )
    found = sorted(shipped_rules().items(), key=lambda pair: (pair[1].dimension, pair[0]))
    for dimension, group in groupby(found, key=lambda pair: pair[1].dimension):
        yield from ("", f"## {dimension.label.capitalize()}", "")
        rows = [
            (f"`{key}`", str(rule.label), str(rule.severity.label), str(rule.steward), str(rule.meaning))
            for key, rule in group
        ]
        yield from _table(("rule", "finding", "severity", "steward", "what to do"), rows)


def dictionary() -> Iterator[str]:
    """Every field, by record type."""
    from rapport.governance.dictionary import entries

    yield from ("# Dictionary", "", "Every field of every record type, as **Settings › Dictionary** shows them.")
    for record_type, entry in sorted(entries().items()):
        yield from ("", f"## {entry.label}", "", f"`{record_type}`: {entry.meaning}", "")
        rows = [
            (
                f"`{field.name}`",
                str(field.label),
                str(field.meaning),
                str(field.domain.standard or ""),
                str(field.personal.label),
            )
            for field in entry.fields.values()
        ]
        yield from _table(("field", "label", "meaning", "standard", "personal data"), rows)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in (headings, ["---"] * len(headings), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.config.settings")
    import django

    django.setup()
    write()
