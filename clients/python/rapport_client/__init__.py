"""A typed client of Rapport's API.

Made by toolchain.client from the description of the API; changes are lost.
"""

import json
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self, cast

import httpx

from .collections.affiliations import AffiliationCollection
from .collections.calls import CallCollection
from .collections.campaigns import CampaignCollection
from .collections.contracts import ContractCollection
from .collections.currencies import CurrencyCollection
from .collections.files import FileCollection
from .collections.leads import LeadCollection
from .collections.mails import MailCollection
from .collections.market_sizes import MarketSizeCollection
from .collections.meetings import MeetingCollection
from .collections.notes import NoteCollection
from .collections.notifications import NotificationCollection
from .collections.opportunities import OpportunityCollection
from .collections.opportunity_lines import OpportunityLineCollection
from .collections.order_lines import OrderLineCollection
from .collections.orders import OrderCollection
from .collections.organisations import OrganisationCollection
from .collections.people import PersonCollection
from .collections.pipelines import PipelineCollection
from .collections.price_lists import PriceListCollection
from .collections.prices import PriceCollection
from .collections.products import ProductCollection
from .collections.stage_visits import StageVisitCollection
from .collections.stages import StageCollection
from .collections.tasks import TaskCollection
from .collections.teams import TeamCollection
from .collections.tickets import TicketCollection
from .collections.users import UserCollection
from .collections.webhooks import WebhookCollection
from .connection import Connection, Problem
from .records import Outcome, Page, Reference, Versioned

__all__ = ["Outcome", "Page", "Problem", "Rapport", "Reference", "Versioned"]


class Rapport:
    """One Rapport, asked with one token; use it in a `with` block, or close it."""

    def __init__(
        self, address: str, token: str, *, transport: httpx.BaseTransport | None = None, tries: int = 4
    ) -> None:
        connection = self._connection = Connection(address, token, transport=transport, tries=tries)

        self.affiliations = AffiliationCollection(connection)
        self.organisations = OrganisationCollection(connection)
        self.people = PersonCollection(connection)
        self.currencies = CurrencyCollection(connection)
        self.price_lists = PriceListCollection(connection)
        self.prices = PriceCollection(connection)
        self.products = ProductCollection(connection)
        self.files = FileCollection(connection)
        self.meetings = MeetingCollection(connection)
        self.calls = CallCollection(connection)
        self.mails = MailCollection(connection)
        self.notes = NoteCollection(connection)
        self.notifications = NotificationCollection(connection)
        self.tasks = TaskCollection(connection)
        self.opportunity_lines = OpportunityLineCollection(connection)
        self.opportunities = OpportunityCollection(connection)
        self.pipelines = PipelineCollection(connection)
        self.stages = StageCollection(connection)
        self.stage_visits = StageVisitCollection(connection)
        self.campaigns = CampaignCollection(connection)
        self.leads = LeadCollection(connection)
        self.contracts = ContractCollection(connection)
        self.orders = OrderCollection(connection)
        self.order_lines = OrderLineCollection(connection)
        self.tickets = TicketCollection(connection)
        self.market_sizes = MarketSizeCollection(connection)
        self.webhooks = WebhookCollection(connection)
        self.teams = TeamCollection(connection)
        self.users = UserCollection(connection)

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
