"""Markets as they were entered: which organisations belong to each, and how large it is in which year."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rapport.catalog.queries import current_rates
from rapport.core.actors import Actor

from ..models import MarketSize
from ..models.market_size import market_title
from .revenue import Place

MOST_MARKETS = 60
RESTS_ON = frozenset(
    f"marketsize.{name}" for name in ("name", "industry", "country", "conditions", "year", "amount", "currency")
)


@dataclass(frozen=True)
class Market:
    """What makes a market; whatever is empty doesn't matter."""

    name: str
    industry: str
    country: str
    conditions: str

    @property
    def title(self) -> str:
        """What it is called."""
        return market_title(vars(self))

    def holds(self, place: Place) -> bool:
        """Whether organisations in a place belong to it, conditions apart."""
        return _is(self.industry, place.industry) and _is(self.country, place.country)

    def may_hold(self, place: Place) -> bool:
        """Whether they might, if it were recorded where they are."""
        is_open = (self.industry and not place.industry) or (self.country and not place.country)
        return bool(is_open) and all(
            not here or _is(wanted, here)
            for wanted, here in ((self.industry, place.industry), (self.country, place.country))
        )


@dataclass(frozen=True)
class Size:
    """How large a market is in a year, as entered and in the base currency; None without a rate."""

    record: MarketSize
    in_base: Decimal | None


def markets(actor: Actor) -> Mapping[Market, Mapping[int, Size]]:
    """Every market that the actor sees a size of, with its sizes by year; at most sixty, by name."""
    rates = current_rates()
    found: dict[Market, dict[int, Size]] = defaultdict(dict)
    for one in MarketSize.objects.visible_to(actor).order_by("name", "industry", "country", "conditions", "year"):
        market = Market(one.name, one.industry, one.country, one.conditions)
        if market in found or len(found) < MOST_MARKETS:
            found[market][one.year] = Size(one, rates.in_base(one.amount, one.currency))
    return found


def _is(wanted: str, here: str) -> bool:
    return not wanted or wanted.strip().casefold() == here.strip().casefold()
