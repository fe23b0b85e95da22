"""Records like one that is just being typed, each with the reasons in words: a hint, never a refusal.

Works for every type that has a name: whichever of e-mails, phones, website and numbers the type has is compared too.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.core.search import holding_any, search
from rapport.directory.mail_domains import PUBLIC_MAIL_DOMAINS, organisation_domain
from rapport.directory.models import Organisation, Person
from rapport.directory.queries import organisations_with_domain, people_with_email
from rapport.governance.dictionary import entry_of
from rapport.quality.checking.companies import without_form

from .tables import TELLING_DIGITS, bare_phone, folded, host_of

SHOWN = 3
_LOOKED_AT = 12
_FEW = 5
_SHORTEST_NAME = 3
_ALIKE = 88.0
_NUMBERS = {"vat_number": gettext_lazy("same VAT number"), "company_number": gettext_lazy("same company number")}


@dataclass(frozen=True)
class Typed:
    """What was typed so far, each part cleaned of what doesn't tell; whatever is missing is empty."""

    name: str = ""
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    website: str = ""
    vat_number: str = ""
    company_number: str = ""
    organisation: str = ""
    town: str = ""

    @property
    def telling_mails(self) -> set[str]:
        """The e-mail addresses that are complete."""
        return {mail.strip().lower() for mail in self.mails if "@" in mail.strip().strip("@")}

    @property
    def telling_phones(self) -> set[str]:
        """The last digits of the numbers that are long enough."""
        return {digits for phone in self.phones if len(digits := bare_phone(phone)) == TELLING_DIGITS}

    @property
    def domains(self) -> set[str]:
        """The domain of the website and those of the e-mail addresses, but for those where anybody gets one."""
        own = host_of(self.website)
        return {own} - PUBLIC_MAIL_DOMAINS - {""} | {organisation_domain(mail) for mail in self.telling_mails} - {""}


@dataclass(frozen=True)
class Resembling:
    """A record that may be the same, and why, what tells most first."""

    record: Record
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Reason:
    words: str
    worth: int


def resembling(
    actor: Actor, model: type[Record], typed: Typed, *, limit: int = SHOWN, loosely: bool = True
) -> list[Resembling]:
    """The visible records of a type that are like what was typed, the likest first; a few questions of an index each.

    What may have been meant by a slipped name is asked only `loosely`, where nothing else tells.
    """
    if not actor.may(f"{model.record_type}.read"):
        return []
    readable = entry_of(model.record_type).readable_by(actor)
    ids = _sharing(actor, model, typed, readable)
    if len(typed.name) >= _SHORTEST_NAME:
        most = _LOOKED_AT if loosely and not ids else 1
        name = without_form(typed.name) if model is Organisation else typed.name
        ids += [hit.record_id for hit in search(actor, name, types=[model.record_type], limit=most)]
    records: Iterable[Any] = model.objects.visible_to(actor).filter(pk__in=ids) if ids else ()
    weighed = [(list(_reasons(record, typed, readable)), record) for record in records]
    likest = sorted(weighed, key=lambda one: (-sum(reason.worth for reason in one[0]), one[1].pk))
    return [
        Resembling(record, tuple(reason.words for reason in sorted(reasons, key=lambda reason: -reason.worth)))
        for reasons, record in likest
        if any(reason.worth > 1 for reason in reasons)
    ][:limit]


def on_record_already(actor: Actor, typed: Typed, *, company: str, limit: int = 2) -> list[Resembling]:
    """People and organisations that a lead with these facts probably is."""
    told = {name: getattr(typed, name) for name in ("mails", "phones", "website", "town")}
    people = resembling(actor, Person, typed, limit=limit, loosely=False)
    companies = resembling(actor, Organisation, Typed(name=company, **told), limit=limit, loosely=False)
    return [*people, *companies]


def _sharing(actor: Actor, model: type[Record], typed: Typed, readable: Collection[str]) -> list[UUID]:
    """Records that share an address, a number or a web domain, by the index that answers quickest."""
    if model is Person:
        mails = sorted(typed.telling_mails) if "emails" in readable else []
        found = [key for mail in mails for key in people_with_email(actor, mail).values_list("pk", flat=True)[:_FEW]]
        return found + holding_any(actor, sorted(typed.telling_phones), record_type="person", limit=_LOOKED_AT)
    found = holding_any(actor, _exact(typed), record_type=model.record_type, limit=_LOOKED_AT)
    for domain in sorted(typed.domains) if model is Organisation and "website" in readable else ():
        found += organisations_with_domain(actor, domain).values_list("pk", flat=True)[:_FEW]
    return found


def _exact(typed: Typed) -> list[str]:
    """What an entry of the search holds word for word when a record shares it."""
    website = host_of(typed.website)
    numbers = [number.strip() for number in (typed.vat_number, typed.company_number) if len(number.strip()) > 4]
    own = [website] if website and website not in PUBLIC_MAIL_DOMAINS else []
    return [*sorted(typed.telling_mails), *sorted(typed.telling_phones), *own, *numbers]


def _reasons(record: Any, typed: Typed, readable: Collection[str]) -> Iterator[_Reason]:
    """Those above 1 tell enough by themselves; the others only add to them."""
    yield from _by_name(record.title, typed.name)
    if "emails" in readable and typed.telling_mails & {one["value"].lower() for one in _list(record, "emails")}:
        yield _Reason(_("same e-mail address"), 5)
    if "phones" in readable and typed.telling_phones & {bare_phone(one["value"]) for one in _list(record, "phones")}:
        yield _Reason(_("same phone number"), 4)
    if "website" in readable and host_of(getattr(record, "website", "") or "") in typed.domains:
        yield _Reason(_("same web domain"), 3)
    for name, words in _NUMBERS.items():
        if name in readable and _code(getattr(typed, name)) and _code(getattr(typed, name)) == _code(_of(record, name)):
            yield _Reason(str(words), 6)
    if "organisation" in readable and typed.organisation and typed.organisation == _of(record, "organisation_id"):
        yield _Reason(_("same organisation"), 1)
    towns = {folded(one.get("city") or "") for one in _list(record, "addresses")} if "addresses" in readable else set()
    if typed.town and folded(typed.town) in towns:
        yield _Reason(_("same town"), 1)


def _by_name(title: str, name: str) -> Iterator[_Reason]:
    if len(name) < _SHORTEST_NAME:
        return
    ours, theirs = folded(without_form(name)), folded(without_form(title))
    if sorted(ours.split()) == sorted(theirs.split()):
        yield _Reason(_("same name"), 4)
    elif fuzz.token_sort_ratio(ours, theirs) >= _ALIKE:
        yield _Reason(_("similar name"), 2)


def _list(record: Any, name: str) -> list[dict[str, Any]]:
    return getattr(record, name, None) or []


def _of(record: Any, name: str) -> str:
    return str(getattr(record, name, None) or "")


def _code(text: str) -> str:
    return "".join(char for char in text if char.isalnum()).upper()
