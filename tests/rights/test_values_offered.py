"""Lists that grow by use offer the values of records that one sees, and of no others."""

import io

import pytest
from django.test import Client

from rapport.directory.models import Organisation
from rapport.governance.dictionary import entry_of
from rapport.identity.models import Scope
from rapport.integrations.importing import jobs
from rapport.integrations.importing.service import Upload, start_import
from rapport.integrations.models import Decision
from rapport.pipeline.models import Opportunity
from tests.api.conftest import Program
from tests.cast import Cast, seen_by
from tests.rights.matrix import text_of
from tests.rights.rules import hide

WORD = "Hushhushing"


@pytest.fixture
def deal(fresh: None, cast: Cast) -> Opportunity:
    """Alice's, lost to somebody, in a business, for a reason and from a source that only she knows."""
    seen_by("organisation", Scope.TEAM)
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", industry=WORD, source=WORD, owner=cast.alice)
        deal = Opportunity.create(name="Nightfall", organisation=acme, source=WORD, owner=cast.alice)
        deal.lose(reason=WORD, competitor=WORD)
    return deal


def _offered(client: Client) -> bool:
    filters = {"organisations": ["industry", "source"], "opportunities": ["source", "loss_reason", "lost_to"]}
    paths = [f"/{kind}/filter/?field={field}" for kind, fields in filters.items() for field in fields]
    paths += [f"/{kind}/new/" for kind in filters]
    return any(WORD in text_of(client.get(path)) for path in paths)


def test_pages_offer_the_values_of_visible_records_only(cast: Cast, deal: Opportunity) -> None:
    for user, sees in ((cast.alice, True), (cast.bob, True), (cast.charlie, False), (cast.dora, True)):
        client = Client()
        client.force_login(user)
        assert _offered(client) is sees, user.name


def test_a_record_shared_brings_its_values_and_takes_them_along_again(cast: Cast, deal: Opportunity) -> None:
    def offered() -> bool:
        with cast.acting(cast.charlie):
            return WORD in entry_of("opportunity").fields["lost_to"].domain.labels()  # type: ignore[attr-defined]

    assert not offered()
    with cast.acting(cast.alice):
        share = deal.share_with(user=cast.charlie)
    assert offered()
    with cast.acting(cast.alice):
        deal.stop_sharing(share.pk)
    assert not offered()


def test_a_hidden_field_offers_nothing(cast: Cast, deal: Opportunity) -> None:
    hide("opportunity.lost_to")
    with cast.acting(cast.alice):
        assert not entry_of("opportunity").fields["lost_to"].domain.labels()  # type: ignore[attr-defined]


def test_neither_imports_nor_programs_are_told_them(cast: Cast, deal: Opportunity) -> None:
    with cast.acting(cast.charlie):
        started = start_import([Upload("organisations.csv", io.BytesIO(b"name,industry\nBeta,Hushhushin\n"))])
        jobs.check_now(started)
    assert not Decision.objects.filter(suggestion=WORD).exists()
    program = Program(cast.charlie)
    assert WORD not in text_of(program.get("openapi.json"))
    made = program.post("organisations", {"name": "Gamma", "industry": WORD.upper()})
    assert made.json()["industry"] == WORD.upper()
