"""What is usual, drawn from the past once and asked often: amounts of a customer or product, addresses at a company."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log10
from statistics import median

from rapport.core.search_entries import normalise

FEWEST = 6
_DEVIATIONS, _TO_SIGMA = 3.5, 1.4826
_LEAST_FACTOR = 5
_FEWEST_COLLEAGUES, _SHARE = 3, 0.8
_PATTERNS: Mapping[str, Callable[[str, str], str]] = {
    "first.last": lambda first, last: f"{first}.{last}",
    "flast": lambda first, last: f"{first[:1]}{last}",
    "f.last": lambda first, last: f"{first[:1]}.{last}",
    "firstlast": lambda first, last: f"{first}{last}",
    "first_last": lambda first, last: f"{first}_{last}",
    "first": lambda first, _last: first,
    "last.first": lambda first, last: f"{last}.{first}",
    "firstl": lambda first, last: f"{first}{last[:1]}",
}


@dataclass(frozen=True)
class UsualAmount:
    """The amounts of the past: how many, their median, and the middle and spread of their logarithms.

    An amount is unusual when its logarithm lies more than 3.5 robust standard deviations from the median (median
    absolute deviation, Iglewicz and Hoaglin, "How to Detect and Handle Outliers", 1993), and by a factor of at least
    five.
    """

    count: int
    median: Decimal
    middle: float
    spread: float

    def off_by(self, amount: Decimal) -> float:
        """By which factor an amount lies beyond the usual, below 1 for less; 0 where it does not."""
        distance = log10(amount) - self.middle
        if abs(distance) < max(_DEVIATIONS * self.spread, log10(_LEAST_FACTOR)):
            return 0.0
        return float(10**distance)


def usual_amount(past: Sequence[Decimal]) -> UsualAmount | None:
    """What is usual by amounts above nothing; None when they are too few to tell."""
    if len(past) < FEWEST:
        return None
    logs = [log10(value) for value in past]
    middle = median(logs)
    spread = median(abs(value - middle) for value in logs) * _TO_SIGMA
    return UsualAmount(len(past), median(past), middle, spread)


@dataclass(frozen=True)
class Colleague:
    """Somebody with an address at an organisation; names without accents and in small letters."""

    address: str
    first: str
    last: str

    @property
    def host(self) -> str:
        """What stands behind the @."""
        return self.address.partition("@")[2]


def colleague(address: str, first: str, last: str) -> Colleague:
    """A colleague as compared."""
    return Colleague(address.lower(), plain(first), plain(last))


def plain(name: str) -> str:
    """A name as it stands in an address."""
    return "".join(char for char in normalise(name) if char.isalnum() or char == "-")


@dataclass(frozen=True)
class UsualAddress:
    """The domain that addresses at an organisation have, and the pattern by which they are made of names there.

    A *pattern*, such as `first.last`, counts when at least three colleagues with names follow it, and four of five of
    all of them.
    """

    domain: str
    pattern: str

    def of(self, first: str, last: str) -> str:
        """The part before the @ that somebody of this name would have; empty where nothing can be said."""
        first, last = plain(first), plain(last)
        return _PATTERNS[self.pattern](first, last) if self.pattern and first and last else ""


def usual_address(colleagues: Sequence[Colleague], *, website_domain: str) -> UsualAddress:
    """The domain that most colleagues have, if several do, else that of the website; and the pattern there."""
    hosts = Counter(one.host for one in colleagues)
    most = hosts.most_common(1)
    domain = most[0][0] if most and most[0][1] >= 2 else website_domain
    return UsualAddress(domain, _pattern([one for one in colleagues if one.host == domain]))


def _pattern(there: Iterable[Colleague]) -> str:
    """The one way in which addresses are made; empty where there is none."""
    named = [one for one in there if one.first and one.last]
    counts = Counter(
        name
        for one in named
        for name, make in _PATTERNS.items()
        if make(one.first, one.last) == one.address.partition("@")[0]
    )
    usual = counts.most_common(1)
    return usual[0][0] if usual and usual[0][1] >= max(_FEWEST_COLLEAGUES, _SHARE * len(named)) else ""
