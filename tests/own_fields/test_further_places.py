"""Own fields of every kind in spreadsheets, on cards of the board, in bulk changes; derived ones in all of these."""

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.problems import Problem
from rapport.directory.models import Organisation
from rapport.governance.dictionary import entry_of
from rapport.identity.models import User
from rapport.integrations.importing import service
from rapport.pipeline.models import Opportunity
from tests.cast import Cast
from tests.importing.conftest import imported, outcomes

from .deriving import formula, roll_up
from .making import own
from .test_everywhere import CASES

SignedIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """Uploads go to a folder of the test's own."""
    settings.HOME = tmp_path
    return tmp_path


def of_kind(kind: str, **more: Any) -> str:
    return own(kind, label="Extra", **({"target": "organisation"} if kind == "link" else {}), **more).key


def typed(kind: str) -> Any:
    return Organisation.objects.get(name="Broker") if kind == "link" else CASES[kind].typed


def sheet(client: Client, address: str) -> list[list[Any]]:
    answer = client.get(address)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = openpyxl.load_workbook(io.BytesIO(content), read_only=True).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    return [list(row) for row in rows]


@pytest.mark.parametrize("kind", [kind for kind in CASES if kind != "long_text"])
def test_a_spreadsheet_brings_back_what_it_took(kind: str, cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        key = of_kind(kind)
        Organisation.create(name="Broker")
        acme = Organisation.create(name="Acme", **{key: typed(kind)})
        before = acme._meta.get_field(key).value_from_object(Organisation.objects.get(pk=acme.pk))  # type: ignore[union-attr]
    answer = signed_in(cast.dora).get("/organisations/export.xlsx", {"cols": key})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    with acting_as(SYSTEM):
        Organisation.objects.get(name="Acme").change(**{key: None})
        subject = imported({"organisations.xlsx": content}, update=True)
        assert outcomes(subject)["organisations.xlsx"][1] == 1
    found = Organisation.objects.get(name="Acme")
    assert acme._meta.get_field(key).value_from_object(found) == before  # type: ignore[union-attr]


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("kind", [kind for kind in CASES if kind not in ("long_text", "link", "several")])
def test_cards_of_the_board_show_it(kind: str, cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        cast.alice.change(time_zone="UTC")
        key = of_kind(kind, for_type="opportunity", in_list=True)
        acme = Organisation.create(name="Acme")
        Opportunity.create(name="Roof", organisation=acme, owner=cast.alice, **{key: CASES[kind].typed})
    page = signed_in(cast.alice).get("/pipeline/").content.decode().replace("\xa0", " ")
    assert CASES[kind].shown in page


@pytest.mark.usefixtures("fresh")
def test_cards_and_lists_show_formulas(cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        key = formula("amount * 2", label="Twice", result="amount", for_type="opportunity", in_list=True)
        acme = Organisation.create(name="Acme")
        Opportunity.create(name="Roof", organisation=acme, owner=cast.alice, amount=Decimal(4321), currency="EUR")
    alices = signed_in(cast.alice)
    assert "8,642" in alices.get("/pipeline/").content.decode()
    listed = alices.get("/opportunities/", {"f": f"{key}:least:8000", "sort": f"-{key}", "cols": key})
    assert "Roof" in listed.content.decode()
    assert sheet(alices, f"/opportunities/export.xlsx?cols={key}")[1][1:] == [8642]


@pytest.mark.parametrize("kind", CASES)
def test_many_records_are_given_it_at_once(kind: str, cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        key = of_kind(kind)
        Organisation.create(name="Broker")
        ids = [str(Organisation.create(name=name, owner=cast.alice).pk) for name in ("Acme", "Bolt")]
    given = {f"{key}__text": "Broker"} if kind == "link" else {key: CASES[kind].typed}
    asked = {"ids": ids, "field": key, **given, "confirm": "1"}
    answer = signed_in(cast.alice).post("/organisations/bulk/change/", asked)
    assert answer.status_code == 302, answer.content.decode()[-1500:]
    assert Organisation.objects.filter(pk__in=ids, **{f"{key}__isnull": False}).count() == 2


def test_what_is_worked_out_is_offered_nowhere_to_be_set(cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        key, count = formula("employees * 2", label="Shoes"), roll_up(of="person.organisation", label="Heads")
        acme = Organisation.create(name="Acme", employees=21, owner=cast.alice)
    alices = signed_in(cast.alice)
    page = alices.get(f"/organisations/{acme.pk}/edit/").content.decode()
    assert "Shoes" in page
    assert f'name="{key}"' not in page
    assert alices.get(f"/organisations/{acme.pk}/edit/{key}/").status_code == 404
    asked = alices.post("/organisations/bulk/change/", {"ids": [str(acme.pk)]}).content.decode()
    assert f'value="{key}"' not in asked
    shown = alices.get(f"/organisations/{acme.pk}/").content.decode()
    assert "Heads" in shown
    assert count in alices.get("/organisations/?cols=" + count).content.decode()


@pytest.mark.usefixtures("as_system")
def test_an_import_leaves_it_and_says_so() -> None:
    key = formula("employees * 2", label="Shoes")
    subject = imported({"organisations.csv": "name,employees,Shoes\nAcme,4,77\n"})
    assert getattr(Organisation.objects.get(), key) == 8
    with pytest.raises(Problem, match="worked out from other fields"):
        service.map_file(subject.files.get(), record_type="organisation", mapping={"Shoes": key})


@pytest.mark.usefixtures("as_system")
def test_the_dictionary_says_what_is_worked_out() -> None:
    key = formula("employees * 2", label="Shoes")
    assert entry_of("organisation").fields[key].worked_out
