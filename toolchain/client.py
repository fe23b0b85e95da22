"""Writes the typed parts of the Python client from the API's description: `.venv/bin/python -m toolchain.client`."""

import keyword
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from toolchain import CHECKOUT

FOLDER = CHECKOUT / "clients" / "python" / "rapport_client"
MADE_BY = "Made by toolchain.client from the description of the API; changes are lost."
_ALWAYS = ("id", "type", "title", "created_at", "updated_at")
_PLAIN = {
    "string": "str",
    "integer": "int",
    "boolean": "bool",
    "number": "float",
    "object": "dict[str, Any]",
    "null": "None",
}

Schema = Mapping[str, Any]


def modules() -> dict[str, str]:
    """Path below the client's package → text, for every module that is made."""
    from rapport.api.openapi import document_for
    from rapport.core.actors import SYSTEM

    document = document_for(SYSTEM)
    found = {f"collections/{_module(path)}.py": _collection(document, path) for path in _collections(document)}
    found["collections/__init__.py"] = f'"""{MADE_BY}"""\n'
    found["__init__.py"] = _package(document)
    return {name: _formatted(text) for name, text in found.items()}


def _collections(document: Schema) -> list[str]:
    """The addresses of collections, such as "/price-lists"."""
    return [path for path in document["paths"] if f"{path}/{{id}}" in document["paths"]]


def _module(path: str) -> str:
    return path.strip("/").replace("-", "_")


def _class(document: Schema, path: str) -> str:
    page = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return str(page["properties"]["items"]["items"]["$ref"].rpartition("/")[2])


def _collection(document: Schema, path: str) -> str:
    name, schemas = _class(document, path), document["components"]["schemas"]
    is_written = "post" in document["paths"][path] and "patch" in document["paths"][f"{path}/{{id}}"]
    is_made = is_written and f"New{name}" in schemas
    base = f"Collection[{name}, New{name}, {name}Change]" if is_made else f"ReadOnlyCollection[{name}]"
    verbs = list(_verbs(document, path))
    parts = [
        f'"""{schemas[name].get("description", name)}\n\n{MADE_BY}\n"""\n',
        "from dataclasses import dataclass, field\nfrom typing import Any, ClassVar, Literal, TypedDict\n",
        "from ..records import Collection, Outcome, ReadOnlyCollection, Reference\n\n",
        _record(name, schemas[name]),
        *([_input(f"New{name}", schemas), _input(f"{name}Change", schemas)] if is_made else []),
        *(_input(schema, schemas) for _verb, schema, _doc in verbs),
        f'class {name}Collection({base}):\n    """{schemas[name].get("description", name)}"""\n\n',
        f'    path = "{path.strip("/")}"\n    kind = {name}\n\n',
        *(_method(name, verb, schema, doc) for verb, schema, doc in verbs),
    ]
    return "\n".join(parts)


def _record(name: str, schema: Schema) -> str:
    lines = [f'@dataclass(frozen=True)\nclass {name}:\n    """{schema.get("description", name)}"""\n', "    id: str"]
    lines += [f"    {member}: str | None = None" for member in _ALWAYS[1:]]
    for member, kind in schema["properties"].items():
        if member not in _ALWAYS:
            lines.append(f"    {member}: {_nullable(_type(kind))} = None")
    return "\n".join([*lines, "    more: dict[str, Any] = field(default_factory=dict)\n\n"])


def _nullable(kind: str) -> str:
    return kind if kind.endswith("| None") else f"{kind} | None"


def _input(name: str, schemas: Schema) -> str:
    lines = [f'class {name}(TypedDict, total=False):\n    """{name}: what may be given."""\n']
    lines += [f"    {member}: {_type(kind)}" for member, kind in schemas[name]["properties"].items()]
    return "\n".join([*lines, "\n"])


def _verbs(document: Schema, path: str) -> Iterator[tuple[str, str, str]]:
    """The name, the schema of the arguments and the meaning of each verb."""
    for address, methods in document["paths"].items():
        schema = methods.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {})
        verb = address.removeprefix(f"{path}/{{id}}/")
        if address.startswith(f"{path}/{{id}}/") and "/" not in verb and schema:
            meaning = methods["post"].get("description", "").partition("\n")[0]
            yield verb, schema["schema"]["$ref"].rpartition("/")[2], meaning or methods["post"]["summary"]


def _method(record: str, verb: str, schema: str, meaning: str) -> str:
    name = verb.replace("-", "_") + ("_" if keyword.iskeyword(verb) else "")
    return (
        f"    def {name}(self, key: str, arguments: {schema} | None = None, *, etag: str | None = None)"
        f' -> Outcome[{record}]:\n        """{meaning}"""\n'
        f'        return self._do(key, "{verb}", arguments, etag)\n'
    )


def _type(schema: Schema) -> str:
    """A schema as a Python type."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return "Reference" if name == "Reference" else "str"  # long lists of codes
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return f"Literal[{', '.join(repr(option) for option in schema['enum'])}]"
    kinds = schema.get("type", "string")
    return " | ".join(_simple(kind, schema) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _simple(kind: str, schema: Schema) -> str:
    return f"list[{_type(schema['items'])}]" if kind == "array" else _PLAIN[kind]


def _package(document: Schema) -> str:
    paths = _collections(document)
    imports = [f"from .collections.{_module(path)} import {_class(document, path)}Collection" for path in paths]
    members = [f"        self.{_module(path)} = {_class(document, path)}Collection(connection)" for path in paths]
    head = f'"""A typed client of Rapport\'s API.\n\n{MADE_BY}\n"""\n'
    return "\n".join([head, _IMPORTS, *imports, _BEGINNING, *members, _REST])


_IMPORTS = """
import json
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self, cast

import httpx

from .connection import Connection, Problem
from .records import Outcome, Page, Reference, Versioned
"""
_BEGINNING = '''
__all__ = ["Outcome", "Page", "Problem", "Rapport", "Reference", "Versioned"]


class Rapport:
    """One Rapport, asked with one token; use it in a `with` block, or close it."""

    def __init__(
        self, address: str, token: str, *, transport: httpx.BaseTransport | None = None, tries: int = 4
    ) -> None:
        connection = self._connection = Connection(address, token, transport=transport, tries=tries)
'''
_REST = '''
    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def me(self) -> dict[str, Any]:
        """Who one is here."""
        return cast("dict[str, Any]", self._connection.ask("GET", "me").json())

    def search(self, question: str) -> list[dict[str, Any]]:
        """The records of all collections that best answer a question."""
        told = self._connection.ask("GET", "search", query={"q": question}).json()
        return cast("list[dict[str, Any]]", told["items"])

    def undo(self, event: int) -> list[dict[str, Any]]:
        """Undo an event; tells what was left alone because it was changed since."""
        told = self._connection.ask("POST", f"events/{event}/undo").json()
        return cast("list[dict[str, Any]]", told["conflicts"])

    def attach(self, name: str, content: bytes, *, about: Sequence[Reference], text: str = "") -> str:
        """Keep a document with records; returns its id."""
        form = {"about": json.dumps(list(about)), "text": text}
        return str(self._connection.send_file("files", name=name, content=content, form=form).json()["id"])

    def download(self, file: str) -> bytes:
        """The content of a document."""
        return self._connection.ask("GET", f"files/{file}/content").content
'''


def _formatted(text: str) -> str:
    """As `ruff` writes it, so that a fresh text and the committed one are the same."""
    ruff = [sys.executable, "-m", "ruff"]
    fixes = [
        *ruff,
        "check",
        "--fix-only",
        "--select",
        "F401,I001",
        "--quiet",
        "--stdin-filename",
        str(FOLDER / "x.py"),
        "-",
    ]
    fixed = subprocess.run(fixes, input=text, capture_output=True, text=True, check=True, cwd=CHECKOUT)
    written = [*ruff, "format", "--stdin-filename", str(FOLDER / "x.py"), "-"]
    return subprocess.run(written, input=fixed.stdout, capture_output=True, text=True, check=True, cwd=CHECKOUT).stdout


def write(folder: Path = FOLDER) -> None:
    """Writes each module, and drops those of collections that are gone."""
    made = modules()
    for path in (folder / "collections").glob("*.py"):
        if f"collections/{path.name}" not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).write_text(text)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.config.settings")
    import django
    from django.utils.translation import override

    django.setup()
    with override("en"):
        write()
