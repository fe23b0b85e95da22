"""What currencies are worth, told to the roll-ups of own fields, and that they must be worked out again."""

from collections.abc import Sequence
from uuid import UUID

from rapport.core.projections import PROJECTIONS, Projection, WrittenRows
from rapport.core.records import Record
from rapport.governance.own.derived.money import Worth, ask_rates
from rapport.governance.own.loading import own_fields_changed

from .models import Currency
from .queries import current_rates


def _worth() -> Worth:
    rates = current_rates()
    return Worth(rates.base, rates.by_code)


def _notice(model: type[Record], rows: WrittenRows, *, new: bool = False) -> None:
    if model is Currency:
        own_fields_changed(money=True)


def _nothing(_record_ids: Sequence[UUID]) -> None:
    """A currency that is gone was in use nowhere."""


ask_rates(_worth)
PROJECTIONS.append(Projection(_notice, _nothing))
