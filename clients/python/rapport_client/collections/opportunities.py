"""A sale that may come about, from first interest to winning or losing it.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Collection, Outcome


@dataclass(frozen=True)
class Opportunity:
    """A sale that may come about, from first interest to winning or losing it."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    name: str | None = None
    organisation: str | None = None
    person: str | None = None
    status: Literal["open", "won", "lost", "parked"] | None = None
    stage: str | None = None
    pipeline: str | None = None
    amount: str | None = None
    currency: str | None = None
    probability: int | None = None
    chance_to_win: str | None = None
    chance_to_slip: str | None = None
    foreseen_close: str | None = None
    expected_close: str | None = None
    next_step: str | None = None
    next_step_on: str | None = None
    product: str | None = None
    need: str | None = None
    impact: str | None = None
    competitors: list[str] | None = None
    source: str | None = None
    owner: str | None = None
    team: str | None = None
    opened_on: str | None = None
    closed_on: str | None = None
    win_reason: str | None = None
    loss_reason: str | None = None
    lost_to: str | None = None
    parked_until: str | None = None
    stage_since: str | None = None
    description: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewOpportunity(TypedDict, total=False):
    """NewOpportunity: what may be given."""

    name: str | None
    organisation: str | None
    person: str | None
    stage: str | None
    amount: str | None
    currency: str | None
    probability: int | None
    expected_close: str | None
    next_step: str | None
    next_step_on: str | None
    product: str | None
    need: str | None
    impact: str | None
    competitors: list[str] | None
    source: str | None
    owner: str | None
    team: str | None
    opened_on: str | None
    closed_on: str | None
    win_reason: str | None
    loss_reason: str | None
    lost_to: str | None
    description: str | None


class OpportunityChange(TypedDict, total=False):
    """OpportunityChange: what may be given."""

    name: str | None
    organisation: str | None
    person: str | None
    stage: str | None
    amount: str | None
    currency: str | None
    probability: int | None
    expected_close: str | None
    next_step: str | None
    next_step_on: str | None
    product: str | None
    need: str | None
    impact: str | None
    competitors: list[str] | None
    source: str | None
    owner: str | None
    team: str | None
    opened_on: str | None
    closed_on: str | None
    win_reason: str | None
    loss_reason: str | None
    lost_to: str | None
    description: str | None


class OpportunityAddLine(TypedDict, total=False):
    """OpportunityAddLine: what may be given."""

    product: str
    quantity: str | None
    unit_price: str | None
    discount: str | None
    description: str | None


class OpportunityAdvance(TypedDict, total=False):
    """OpportunityAdvance: what may be given."""

    name: str | None
    organisation: str | None
    person: str | None
    stage: str | None
    amount: str | None
    currency: str | None
    probability: int | None
    expected_close: str | None
    next_step: str | None
    next_step_on: str | None
    product: str | None
    need: str | None
    impact: str | None
    competitors: list[str] | None
    source: str | None
    owner: str | None
    team: str | None
    opened_on: str | None
    closed_on: str | None
    win_reason: str | None
    loss_reason: str | None
    lost_to: str | None
    description: str | None


class OpportunityBeginAgain(TypedDict, total=False):
    """OpportunityBeginAgain: what may be given."""

    organisation: str | None
    person: str | None
    stage: str | None
    amount: str | None
    currency: str | None
    probability: int | None
    expected_close: str | None
    next_step: str | None
    next_step_on: str | None
    product: str | None
    need: str | None
    impact: str | None
    competitors: list[str] | None
    source: str | None
    owner: str | None
    team: str | None
    opened_on: str | None
    closed_on: str | None
    win_reason: str | None
    loss_reason: str | None
    lost_to: str | None
    description: str | None
    name: str | None


class OpportunityChangeLine(TypedDict, total=False):
    """OpportunityChangeLine: what may be given."""

    product: str | None
    description: str | None
    quantity: str | None
    unit_price: str | None
    discount: str | None
    position: int | None
    line: str


class OpportunityLose(TypedDict, total=False):
    """OpportunityLose: what may be given."""

    reason: str
    competitor: str | None


class OpportunityMoveTo(TypedDict, total=False):
    """OpportunityMoveTo: what may be given."""

    name: str | None
    organisation: str | None
    person: str | None
    amount: str | None
    currency: str | None
    probability: int | None
    expected_close: str | None
    next_step: str | None
    next_step_on: str | None
    product: str | None
    need: str | None
    impact: str | None
    competitors: list[str] | None
    source: str | None
    owner: str | None
    team: str | None
    opened_on: str | None
    closed_on: str | None
    win_reason: str | None
    loss_reason: str | None
    lost_to: str | None
    description: str | None
    stage: str


class OpportunityPark(TypedDict, total=False):
    """OpportunityPark: what may be given."""

    until: str
    reason: str | None


class OpportunityRemoveLine(TypedDict, total=False):
    """OpportunityRemoveLine: what may be given."""

    line: str


class OpportunityReopen(TypedDict, total=False):
    """OpportunityReopen: what may be given."""


class OpportunityShareWith(TypedDict, total=False):
    """OpportunityShareWith: what may be given."""

    user: str | None
    team: str | None
    may_edit: bool | None
    until: str | None


class OpportunityWin(TypedDict, total=False):
    """OpportunityWin: what may be given."""

    name: str | None
    organisation: str | None
    person: str | None
    stage: str | None
    amount: str | None
    currency: str | None
    probability: int | None
    expected_close: str | None
    next_step: str | None
    next_step_on: str | None
    product: str | None
    need: str | None
    impact: str | None
    competitors: list[str] | None
    source: str | None
    owner: str | None
    team: str | None
    opened_on: str | None
    closed_on: str | None
    win_reason: str | None
    loss_reason: str | None
    lost_to: str | None
    description: str | None
    reason: str | None


class OpportunityCollection(Collection[Opportunity, NewOpportunity, OpportunityChange]):
    """A sale that may come about, from first interest to winning or losing it."""

    path = "opportunities"
    kind = Opportunity

    def add_line(
        self, key: str, arguments: OpportunityAddLine | None = None, *, etag: str | None = None
    ) -> Outcome[Opportunity]:
        """Add a product with a quantity; without a price its list price in this currency is taken."""
        return self._do(key, "add-line", arguments, etag)

    def advance(
        self, key: str, arguments: OpportunityAdvance | None = None, *, etag: str | None = None
    ) -> Outcome[Opportunity]:
        """Enter the next stage of the pipeline; raises `StageNeeds` like `move_to`."""
        return self._do(key, "advance", arguments, etag)

    def begin_again(
        self, key: str, arguments: OpportunityBeginAgain | None = None, *, etag: str | None = None
    ) -> Outcome[Opportunity]:
        """Create the next opportunity with a customer that was won, in the stage that receives customers."""
        return self._do(key, "begin-again", arguments, etag)

    def change_line(
        self, key: str, arguments: OpportunityChangeLine | None = None, *, etag: str | None = None
    ) -> Outcome[Opportunity]:
        """Change quantity, price, discount, product or description of a line."""
        return self._do(key, "change-line", arguments, etag)

    def lose(
        self, key: str, arguments: OpportunityLose | None = None, *, etag: str | None = None
    ) -> Outcome[Opportunity]:
        """Note that the customer did not buy, why, and from whom they bought instead, if known."""
        return self._do(key, "lose", arguments, etag)

    def move_to(
        self, key: str, arguments: OpportunityMoveTo | None = None, *, etag: str | None = None
    ) -> Outcome[Opportunity]:
        """Enter a stage of any pipeline, in any order; `facts` may supply what the stage needs to know."""
        return self._do(key, "move-to", arguments, etag)

    def park(
        self, key: str, arguments: OpportunityPark | None = None, *, etag: str | None = None
    ) -> Outcome[Opportunity]:
        """Set aside until a day on which it comes back by itself; `reason` is kept with the event."""
        return self._do(key, "park", arguments, etag)

    def remove_line(
        self, key: str, arguments: OpportunityRemoveLine | None = None, *, etag: str | None = None
    ) -> Outcome[Opportunity]:
        """Take a product off; the amount stays when no line is left."""
        return self._do(key, "remove-line", arguments, etag)

    def reopen(
        self, key: str, arguments: OpportunityReopen | None = None, *, etag: str | None = None
    ) -> Outcome[Opportunity]:
        """Work on it again, in the stage where it stood when it was closed or parked."""
        return self._do(key, "reopen", arguments, etag)

    def share_with(
        self, key: str, arguments: OpportunityShareWith | None = None, *, etag: str | None = None
    ) -> Outcome[Opportunity]:
        """Show this record to a person or a team, until a day if one is given; shared already, it is shared anew."""
        return self._do(key, "share-with", arguments, etag)

    def win(
        self, key: str, arguments: OpportunityWin | None = None, *, etag: str | None = None
    ) -> Outcome[Opportunity]:
        """Note that the customer bought: the opportunity goes on to be followed up, the organisation is a customer."""
        return self._do(key, "win", arguments, etag)
