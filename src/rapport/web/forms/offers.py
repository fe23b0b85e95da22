"""Offers in a form: values known elsewhere, each taken by one press; taken ones stand in the form until it is saved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.governance.dictionary import Field
from rapport.quality import offering
from rapport.quality.offering import Offer
from rapport.web.records.values import currency_of, in_words

from .links import text_name
from .questions import Posted, shown_of

OFFER = "offer"


@dataclass(frozen=True)
class Offered:
    """An offer as its button says and sends it."""

    label: str
    reason: str
    sent: str

    def is_of(self, field: Field, shown: Any) -> bool:
        """Whether it offers what stands in the field already."""
        told = self.sent.partition("=")[2]
        return told.partition(" ")[0] == str(getattr(shown, "pk", shown)) if field.is_link else told == str(shown)


Offers = Mapping[str, tuple[Offered, ...]]


def offers_of(record: Record, fields: Iterable[Field], actor: Actor) -> Offers:
    """What is offered for those of these fields that the record does not have."""
    asked = list(fields)
    found = offering.offers_of(record, asked, actor)
    return {field.name: tuple(_offered(record, field, offer) for offer in found[field.name]) for field in asked}


def _offered(record: Record, field: Field, offer: Offer) -> Offered:
    if isinstance(offer.value, Record):
        return Offered(offer.value.title, offer.reason, f"{field.name}={offer.value.pk} {offer.value.title}")
    label = in_words(field, offer.value, currency=currency_of(field, record.__dict__))
    return Offered(label, offer.reason, f"{field.name}={shown_of(field, offer.value)}")


def with_offer(posted: Posted, fields: Mapping[str, Field]) -> Posted:
    """The answers with the offer that was taken put in."""
    name, _equals, text = (posted.get(OFFER) or "").partition("=")
    if name not in fields:
        return posted
    answers = posted.copy()
    if fields[name].is_link:
        key, _space, title = text.partition(" ")
        answers.setlist(name, [key])
        answers.setlist(text_name(name), [title])
    else:
        answers.setlist(name, [text])
    return answers
