"""Brings the translation catalogues up to date: `.venv/bin/python -m toolchain.messages [--check]`.

Reads every text marked for translation from Python and templates with Babel, so that no gettext tools are needed, and
merges them into `src/rapport/locale/<language>/LC_MESSAGES/django.po`: new ones are added with an empty translation,
those no longer used are dropped. French gets spaces that never break before its double signs and inside its quotation
marks, however they were typed. `--check` only prints what is missing.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from toolchain import PACKAGE

LANGUAGES = ("fr", "pt")
LOCALE = PACKAGE / "locale"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "pgettext_lazy": ((1, "c"), 2),
}
_FRENCH_SPACE = re.compile(r" (?=[?!;:»])|(?<=«) ")
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed date, so that an unchanged catalogue stays the same file


def all_messages() -> Catalog:
    """Every text marked for translation, in a catalogue without translations."""
    found = Catalog(project="Rapport", creation_date=EPOCH, revision_date=EPOCH, fuzzy=False)
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_bytes()
        _add(found, source)
        for meaning in _meanings_of_jobs(source):
            found.add(meaning)
    for path in sorted([*PACKAGE.rglob("*.html"), *PACKAGE.rglob("mails/*.txt")]):
        _add(found, _as_python(path))
    return found


def catalogue(language: str) -> Catalog:
    """The translations of a language as they stand."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, project="Rapport", creation_date=EPOCH, revision_date=EPOCH, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def missing(language: str) -> Iterator[str]:
    """Texts that have no translation into this language, or one that lost a placeholder."""
    translated = catalogue(language)
    for message in all_messages():
        if not message.id:
            continue
        found = translated.get(message.id, context=message.context)
        if found is None or not _is_complete(found.string):
            yield str(message.id)
        elif list(found.check()):
            yield f"{message.id} (placeholders differ)"


def update(language: str) -> None:
    """Merges all texts into the catalogue of a language."""
    merged = catalogue(language)
    merged.update(all_messages(), no_fuzzy_matching=True)
    merged.revision_date = merged.creation_date = EPOCH
    if language == "fr":
        for message in merged:
            if message.id and isinstance(message.string, str):
                message.string = _with_spaces(message.string)
            elif message.id and message.string:
                message.string = tuple(_with_spaces(one) for one in message.string)
    path = _path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, merged, width=120, no_location=True, sort_output=True, ignore_obsolete=True)


def _with_spaces(text: str) -> str:
    """French as it is printed: “Pourquoi ?” is never parted at the end of a line."""
    return _FRENCH_SPACE.sub("\u00a0", text)


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _is_complete(translation: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(translation) if isinstance(translation, tuple | list) else bool(translation)


def _as_python(path: Path) -> bytes:
    """A template as the text Django makes of it for extraction; blank where nothing is to be translated."""
    lines = templatize(path.read_text(), origin=str(path)).splitlines()
    return "\n".join(line.strip() for line in lines).encode()


def _add(found: Catalog, source: bytes) -> None:
    for _line, text, _comments, context in extract("python", io.BytesIO(source), KEYWORDS):
        found.add(text, context=context)


def _meanings_of_jobs(source: bytes) -> Iterator[str]:
    """What jobs do, as their docstrings begin: the page of background work tells it."""
    if b"@job(" not in source:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and any(map(_makes_a_job, node.decorator_list)):
            yield " ".join((ast.get_docstring(node) or "").partition("\n\n")[0].split())


def _makes_a_job(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "job"


def main(*, only_check: bool) -> int:
    """Updates or checks all languages; exit status 1 when a check finds something missing."""
    status = 0
    for language in LANGUAGES:
        if not only_check:
            update(language)
        untranslated = list(missing(language))
        print(f"{language}: {len(untranslated)} without translation")
        if only_check and untranslated:
            print("\n".join(f"  {text!r}" for text in untranslated))
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(only_check="--check" in sys.argv[1:]))
