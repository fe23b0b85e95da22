"""What is hidden from a role is in no answer, and no question tells anything of it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.db import models
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.records import Record
from rapport.governance.dictionary import entry_of
from rapport.governance.field_rights import hideable_fields
from rapport.governance.selection.operators import operators_for
from rapport.identity.models import FieldRight, FieldRule, SavedView
from rapport.identity.roles import Role
from rapport.pipeline.models import Opportunity
from tests.api.conftest import Program
from tests.architecture.addresses import all_addresses
from tests.cast import Cast
from tests.governance.operands import example_of
from tests.rights.matrix import masked, text_of
from tests.rights.rules import hide
from tests.rights.test_matrix import NOT_ASKED, SHORT_TYPES
from tests.world import make_world

pytestmark = pytest.mark.django_db

HUSH = "Hushhush"
NUMBER = 7316529
SECRETS = (HUSH.lower(), "7316529", "7,316,529", "7.3m", "01 70 18 99 00", "170189900")
FILLED = ("organisation", "person", "opportunity", "lead", "order", "contract", "ticket", "task", "product")


def _fill(record: Record) -> dict[str, Any]:
    """A secret for each field of the record that can be hidden."""
    secrets: dict[str, Any] = {}
    for name, field in hideable_fields(entry_of(record.record_type)).items():
        column = record._meta.get_field(name)
        if field.domain.kind == "phones":
            secrets[name] = [{"value": "+33 1 70 18 99 00", "kind": "work"}]
        elif field.domain.kind == "emails":
            secrets[name] = [{"value": f"{HUSH.lower()}@secret.example", "kind": "work"}]
        elif field.domain.kind in ("text", "long_text", "open_list"):
            secrets[name] = HUSH
        elif isinstance(column, models.DecimalField) and field.domain.kind == "amount":
            secrets[name] = Decimal(NUMBER)
    return secrets


@pytest.fixture
def world(fresh: None, cast: Cast) -> dict[str, Record]:
    """Alice's world with secrets in whatever can be hidden, and all of that hidden from sellers."""
    world = dict(make_world(cast))
    with acting_as(SYSTEM):
        for kind in FILLED:
            world[kind].change(**_fill(world[kind]))
        for kind in FILLED:
            for name in hideable_fields(entry_of(kind)):
                FieldRule.create(role=Role.SELLER, for_type=kind, field=name, right=FieldRight.HIDDEN)
    return world


def _told(world: dict[str, Record], cast: Cast, client: Client, *, whole: bool) -> Iterator[str]:
    for address in all_addresses(world):
        if address.pattern in NOT_ASKED or not (whole or address.path.startswith(SHORT_TYPES)):
            continue
        text = text_of(client.get(address.path)).lower()
        yield from (f"{address.path}: {secret}" for secret in SECRETS if secret in text)


@pytest.mark.slow
def test_no_page_shows_what_is_hidden(world: dict[str, Record], cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    assert not list(_told(world, cast, client, whole=False))
    client.force_login(cast.dora)
    assert HUSH in text_of(client.get(f"/opportunities/{world['opportunity'].pk}/"))


@pytest.mark.soak
def test_no_page_at_all_shows_what_is_hidden(world: dict[str, Record], cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    assert not list(_told(world, cast, client, whole=True))


def test_no_program_reads_what_is_hidden(world: dict[str, Record], cast: Cast) -> None:
    from rapport.api.collections import collections

    program = Program(cast.alice)
    for known in collections():
        paths = [known.name]
        if known.record_type in world:
            record = f"{known.name}/{world[known.record_type].pk}"
            paths += [record, f"{record}/history", f"{record}/timeline"]
        for path in paths:
            text = text_of(program.get(path)).lower()
            assert not [secret for secret in SECRETS if secret in text], path


def _probes() -> Iterator[str]:
    """Questions about an amount: every operator, order, view, search, column and file."""
    field = entry_of("opportunity").fields["amount"]
    conditions = [f"amount:{one.key}:" + "|".join(example_of(one.operand, field) or ()) for one in operators_for(field)]
    conditions += [f"amount:least:{number}" for number in range(0, 200, 20)]
    for condition in conditions:
        asked = quote(condition)
        yield f"/opportunities/?f={asked}&sort="
        yield f"/opportunities/?match=any&f={asked}&f=name:contains:x&sort="
        yield f"/opportunities/export.csv?f={asked}&sort="
        yield f"/opportunities/filter/apply/?field=amount&operator=least&number={len(condition)}&sort="
    for sort in ("amount", "-amount", "-amount&after=WzEwMC4wLCIwMCJd"):
        yield f"/opportunities/?sort={sort}"
        yield f"/opportunities/export.csv?sort={sort}&cols=amount,name"
    for path in ("?cols=amount", "?q=150", "?view=all", "?view=open", "columns/?cols=amount", "filter/?field=amount"):
        yield f"/opportunities/{path}"
    yield from ("/pipeline/", "/palette/?q=150", "/", "/?tab=team", "/opportunities/new/?amount=150")


def _asked_of_api() -> Iterator[str]:
    for number in range(0, 200, 20):
        yield f"opportunities?filter=amount:least:{number}"
    yield from ("opportunities?sort=amount", "opportunities?sort=-amount", "opportunities?fields=amount")
    yield from ("opportunities?q=150", "opportunities?include=count&filter=amount:filled", "search?q=150")


def test_no_question_tells_one_bit_of_a_hidden_amount(fresh: None, cast: Cast) -> None:
    """The same questions before and after the amount changes (or goes): every answer is the same."""
    with cast.acting(cast.alice):
        deal = Opportunity.create(name="Secret", amount=Decimal(50), owner=cast.alice)
        Opportunity.create(name="Other", amount=Decimal(100), owner=cast.alice)
        view = SavedView.create(owner=cast.alice, for_type="opportunity", name="Large", query="f=amount:least:75")
    hide("opportunity.amount", "opportunity.probability")
    client, program = Client(), Program(cast.alice)
    client.force_login(cast.alice)
    page = f"/opportunities/{deal.pk}/"
    paths = [
        *_probes(),
        f"/opportunities/?view={view.pk}",
        page,
        f"{page}history/",
        f"{page}edit/",
        f"{page}?tab=related",
    ]

    def answers() -> list[str]:
        told = [masked(text_of(client.get(path))) for path in paths]
        return told + [masked(text_of(program.get(path))) for path in _asked_of_api()]

    before = answers()
    for amount in (Decimal(150), None):
        with cast.acting(cast.dora):
            deal.change(amount=amount)
        for path, old, new in zip([*paths, *_asked_of_api()], before, answers(), strict=True):
            assert old == new, path


def test_need_g6_rights_reach_down_to_the_field_and_single_record(fresh: None, cast: Cast, client: Client) -> None:
    """A seller neither sees nor sets the margin, a colleague sees one deal until it is taken back, on the next page."""
    with cast.acting(cast.alice):
        deal = Opportunity.create(name="Nightfall", amount=Decimal(NUMBER), owner=cast.alice)
    page = f"/opportunities/{deal.pk}/"
    client.force_login(cast.dora)
    client.post("/settings/field-rights/opportunity/", {"seller.amount": "hidden"})
    client.force_login(cast.alice)
    assert "7,316,529" not in text_of(client.get(page))
    assert client.post(f"{page}edit/amount/", {"amount": "1"}).status_code == 404
    client.post(f"{page}do/share_with/", {"user": str(cast.charlie.pk)})
    charlie = Client()
    charlie.force_login(cast.charlie)
    assert "Nightfall" in text_of(charlie.get(page))
    from rapport.identity.models import Share

    client.post(f"{page}do/stop_sharing/", {"share_id": str(Share.objects.get().pk)})
    assert charlie.get(page).status_code == 404
    assert "Nightfall" not in text_of(charlie.get("/opportunities/?view=all"))
