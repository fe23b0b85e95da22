"""The customer's words behind a reason, from texts that the reader may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.intelligence.features.feature import Feature
from rapport.intelligence.features.tone import LATELY
from rapport.intelligence.tone.aspects import Aspect
from rapport.intelligence.tone.evidence import Quote, quotes_about
from rapport.web.places import record_address
from rapport.web.ui import formats


@dataclass(frozen=True)
class QuoteShown:
    """Words of a text, and where they stand."""

    words: Sequence[str]
    title: str
    address: str
    day: str


@dataclass(frozen=True)
class Quotes:
    """What may be quoted of an organisation until a moment; looked up when first asked for."""

    actor: Actor
    organisation: Record
    until: datetime

    def of(self, feature: Feature, value: float | str | None) -> list[QuoteShown]:
        """The words that a feature counted; none where it counts no texts, or the reader may see none of them."""
        if feature.aspect is None or not value:
            return []
        return [_shown(quote) for quote in self._found.get(feature.aspect, ())]

    @cached_property
    def _found(self) -> Mapping[Aspect, Sequence[Quote]]:
        return quotes_about(self.actor, self.organisation.pk, until=self.until, days=LATELY)


def _shown(quote: Quote) -> QuoteShown:
    record = quote.record
    return QuoteShown(quote.words, record.title, record_address(record.record_type, record.pk), formats.day(quote.at))
