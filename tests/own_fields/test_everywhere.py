"""An own field of every kind is at once in forms, lists, filters, orders, exports, imports, history and search."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation
from rapport.identity.models import User
from tests.cast import Cast
from tests.importing.conftest import imported, outcomes

from .making import own

SignedIn = Callable[[User], Client]


@dataclass(frozen=True)
class Case:
    """What is typed, what pages show, how it is filtered, what is exported."""

    typed: Any
    shown: str
    condition: str
    exported: str


CASES = {
    "text": Case("Blue door", "Blue door", "contains:blue", "Blue door"),
    "long_text": Case("One line", "One line", "contains:line", "One line"),
    "number": Case("12.5", "12.5", "least:12", "12.50"),
    "amount": Case("1200", "€1,200", "most:1200", "1200.00"),
    "percentage": Case("40", "40", "between:30|50", "40.00"),
    "date": Case("2026-03-01", "1 Mar 2026", "on:2026-03-01", "2026-03-01"),
    "datetime": Case("2026-03-01T09:30", "2026", "on:2026-03-01", "2026-03-01T09:30:00+00:00"),
    "time": Case("09:30", "09:30", "least:09:00", "09:30"),
    "choice": Case("gold", "Gold", "is:gold", "gold"),
    "several": Case(["gold", "silver"], "Gold, Silver", "is:silver", "gold; silver"),
    "boolean": Case("yes", "Yes", "yes", "True"),
    "email": Case("a@example.com", "a@example.com", "is:a@example.com", "a@example.com"),
    "phone": Case("+351 21 000 0000", "+351", "filled", "+351210000000"),
    "url": Case("https://www.example.com", "example.com", "starts:https", "https://www.example.com"),
    "iban": Case("GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 32", "starts:GB82", "GB82WEST12345698765432"),
    "link": Case("Broker", "Broker", "contains:Broker", "Broker"),
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """Uploads go to a folder of the test's own."""
    settings.HOME = tmp_path
    return tmp_path


@pytest.mark.parametrize("kind", CASES)
def test_a_field_added_now_is_everywhere_at_once(kind: str, cast: Cast, signed_in: SignedIn) -> None:
    case, alices = CASES[kind], signed_in(cast.alice)
    with acting_as(SYSTEM):
        cast.alice.change(time_zone="UTC")
        key = own(kind, label="Extra", **({"target": "organisation"} if kind == "link" else {})).key
        Organisation.create(name="Broker", owner=cast.alice)
    typed = {f"{key}__text": case.typed} if kind == "link" else {key: case.typed}
    answer = alices.post("/organisations/new/", {"name": "Acme", "owner": str(cast.alice.pk), **typed})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    acme = Organisation.objects.get(name="Acme")
    page = alices.get(f"/organisations/{acme.pk}/").content.decode()
    assert "Extra" in page
    assert case.shown in page.replace("\xa0", " ")
    assert "Extra" in alices.get(f"/organisations/{acme.pk}/edit/").content.decode()
    assert alices.get(f"/organisations/{acme.pk}/edit/{key}/").status_code == 200
    listed = alices.get("/organisations/", {"f": f"{key}:{case.condition}", "sort": key, "cols": key}).content.decode()
    assert _names(listed) == ["Acme"]
    assert _names(alices.get("/organisations/", {"f": f"{key}:empty", "sort": f"-{key}"}).content.decode()) == (
        ["Broker"] if kind != "boolean" else ["Acme", "Broker"]
    )
    history = alices.get(f"/organisations/{acme.pk}/history/").content.decode()
    assert "Extra" in history
    assert case.shown.split(",")[0] in history.replace("\xa0", " ")
    if kind != "long_text":  # lists, and so their exports, leave long texts out
        assert _exported(alices, key)["Acme"] == case.exported


def _names(text: str) -> list[str]:
    return [part.split(">", 1)[1].split("<")[0] for part in text.split('class="cell-title"')[1:]]


def _exported(client: Client, key: str) -> dict[str, str]:
    answer = client.get("/organisations/export.csv", {"cols": key})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return {row["Organisation"]: row["Extra"] for row in csv.DictReader(io.StringIO(text))}


@pytest.mark.usefixtures("as_system")
@pytest.mark.parametrize("kind", CASES)
def test_what_was_exported_is_imported_again(kind: str) -> None:
    case = CASES[kind]
    key = own(kind, label="Extra", **({"target": "organisation"} if kind == "link" else {})).key
    Organisation.create(name="Broker")
    subject = imported({"organisations.csv": f'name,Extra\nAcme,"{case.exported}"\nBolt,\n'})
    assert outcomes(subject)["organisations.csv"][0] == 2
    acme = Organisation.objects.get(name="Acme")
    column = acme._meta.get_field(key)
    value = getattr(acme, key)
    assert column.domain.export(value) == case.exported  # type: ignore[union-attr]
    again = imported({"organisations.csv": f'name,Extra\nAcme,"{case.exported}"\n'}, update=True)
    assert outcomes(again)["organisations.csv"][1] == 0
