"""A small world: one record of each type that has a page of its own, for tests that look at all of them."""

import io
from collections.abc import Mapping
from decimal import Decimal

from rapport.activities.models import Call, File, Mail, Meeting, Note, Task
from rapport.catalog.models import Price, PriceList, Product
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now
from rapport.core.editions import catch_up
from rapport.core.records import RECORD_TYPES, Record
from rapport.directory.models import Affiliation, Organisation, Person
from rapport.governance.dictionary import entry_of
from rapport.governance.models import OwnField, OwnType
from rapport.identity.actors import actor_for
from rapport.identity.models import ApiToken, SavedView, SecondFactorRule, SignOnProvider, Territory
from rapport.insights.models import MarketSize
from rapport.integrations.importing import jobs
from rapport.integrations.importing.service import Upload, start_import
from rapport.integrations.models import Download, Webhook
from rapport.leads.models import Campaign, Lead
from rapport.orders.models import Contract, Order
from rapport.oversight.machine import Evidence, Grounds, acting_as_machine, propose
from rapport.pipeline.models import Opportunity
from rapport.quality.models import OwnRule
from rapport.support.models import Ticket
from rapport.web.places import SLUGS
from tests.cast import Cast


def make_world(cast: Cast) -> Mapping[str, Record]:
    """One record of each type, by type; they belong to Alice and hang together."""
    with acting_as(SYSTEM):
        acme = Organisation.create(name="Acme", owner=cast.alice)
        zoe = Person.create(first_name="Zoé", last_name="Laurent", organisation=acme, owner=cast.alice)
        deal = Opportunity.create(name="Pumps for Acme", organisation=acme, amount=Decimal(9000), owner=cast.alice)
        OwnField.create(for_type="organisation", kind="choice", label="Tier", choices=["Gold", "Silver"], in_list=True)
        OwnType.create(label="Certificate", plural="Certificates")
        catch_up()
        acme.change(own_tier="gold")
        entry_of("own_certificate").model.create(name="ISO 9001")
        for record_type in SLUGS:
            SavedView.create(owner=cast.dora, for_type=record_type, name="Mine")
        Territory.draw(name="France", query="f=country:is:FR", members=[(cast.charlie, None)])
        _checked_import()
        SignOnProvider.create(
            name="Acme", issuer="https://id.acme.example", client_id="rapport", domains="acme.example"
        )
        SecondFactorRule.create(role="auditor", since=now().date())
        OwnRule.create(name="Nameless", for_type="organisation", query="f=name:empty")
        with acting_as_machine("quality.fill_empty", on_behalf_of=cast.alice) as run:
            grounds = Grounds([Evidence(acme, "name", (0, 4), "Acme")], 0.9, "example/1")
            propose(run, grounds, acme.change, country="FR")
        with acting_as(actor_for(cast.dora)):
            ApiToken.issue(name="Reports")
            Webhook.create(name="ERP", url="https://192.88.99.9/hook", events=["lead.*"])
            Download.ask(
                name="Teams", file_name="teams.zip", wanted={"kind": "records", "types": ["team"], "format": "csv"}
            )
        made = [acme, zoe, deal, cast.alice, cast.north, *_trade(acme, zoe), *_activities(acme, deal)]
    found = {record.record_type: record for record in made}
    for record_type, model in RECORD_TYPES.items():
        first = model._base_manager.order_by("pk").first()
        if record_type not in found and first is not None:
            found[record_type] = first
    return found


def _trade(acme: Organisation, zoe: Person) -> list[Record]:
    pump = Product.create(name="Pump")
    prices = PriceList.create(name="Standard", currency="EUR")
    return [
        pump,
        prices,
        Affiliation.objects.filter(person=zoe).first() or Affiliation.create(person=zoe, organisation=acme),
        Price.create(price_list=prices, product=pump, amount=Decimal(900)),
        Campaign.create(name="Spring fair"),
        MarketSize.create(industry="Retail", country="FR", year=2025, amount=Decimal(9_000_000)),
        Lead.create(first_name="Max", last_name="Muster", organisation_name="Muster"),
        Order.create(organisation=acme),
        Contract.create(organisation=acme),
        Ticket.create(subject="Leaks", organisation=acme),
    ]


def _activities(acme: Organisation, deal: Opportunity) -> list[Record]:
    about = [acme, deal]
    return [
        Note.create(text="Likes sailing, @Dora Dupont", about=about),
        Task.create(subject="Send the price", about=about),
        Meeting.create(subject="Visit", at=now(), about=about),
        Call.create(subject="Asked for a price", at=now(), about=about),
        Mail.create(subject="The price", text="As promised.", at=now(), about=about),
        File.attach(io.BytesIO(b"The terms, in words."), name="terms.txt", about=about),
    ]


def _checked_import() -> None:
    """An import after its dry run, with values to decide and a row that can't be used."""
    rows = b"account,sector,country\nAcme,technolgy,France\nBeta,Food,Philipines\n,Food,Kenya\n"
    jobs.check_now(start_import([Upload("accounts.csv", io.BytesIO(rows))]))
