"""Amounts and e-mail addresses of a file beside what is usual with the organisations and products they are about.

The same is asked while somebody types; here what is usual is looked up for a chunk of rows at once, and kept.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from rapport.core.actors import current_actor
from rapport.core.records import RECORD_TYPES
from rapport.directory.models import Organisation, Person
from rapport.integrations.importing.checking.candidates import Candidate
from rapport.integrations.importing.checking.findings import Findings
from rapport.integrations.models import Action
from rapport.quality.checking import Verdict
from rapport.quality.verifying import amounts
from rapport.quality.verifying.colleagues import ASKED, unlike
from rapport.quality.verifying.usual import Colleague, UsualAddress, UsualAmount, colleague, usual_address, usual_amount

_WRITTEN = (Action.CREATE, Action.CHANGE)
_TOLD_ONE_BY_ONE = 100
_MOST_KEPT = 200_000


@dataclass(frozen=True)
class _Earlier:
    """One amount of the past."""

    record_id: UUID
    currency: str
    amount: Decimal


class Past:
    """What is usual, for the rows of one file."""

    def __init__(self, record_type: str) -> None:
        model = RECORD_TYPES[record_type]
        hidden = current_actor().hidden_fields
        compares = record_type in amounts.TYPES and f"{record_type}.amount" not in hidden
        self._amounts = [
            _Amounts(model, link, column)
            for link, column in amounts.LINKS.items()
            if compares and hasattr(model, column) and f"{record_type}.{link}" not in hidden
        ]
        self._addresses = _Addresses() if model is Person and "person.emails" not in hidden else None
        self._told = 0

    def note(self, items: Iterable[Candidate], findings: Findings) -> None:
        """Tell what is unlike the past in the rows that will be written."""
        written = [item for item in items if item.action in _WRITTEN]
        for known in self._amounts:
            for item, verdict in known.judged(written):
                self._tell(item, "amount", str(item.values["amount"]), verdict, findings)
        if self._addresses is not None:
            for item, verdict in self._addresses.judged(written):
                self._tell(item, "emails", _address(item.values), verdict, findings)

    def _tell(self, item: Candidate, field: str, text: str, verdict: Verdict, findings: Findings) -> None:
        """Each by itself, as long as somebody would read that."""
        self._told += 1
        sentence = _("“%(value)s”: %(reason)s It is brought in as it stands.")
        words = {"value": text, "reason": verdict.reason}
        if self._told > _TOLD_ONE_BY_ONE:
            sentence = _("Unlike what is usual with the organisation or the product. It is brought in as it stands.")
        findings.add_conclusion(item, field, sentence % words)


class _Amounts:
    """What is usual with the records that a type links to."""

    def __init__(self, model: Any, link: str, column: str) -> None:
        self._model, self._link, self._column = model, link, column
        self._earlier: dict[str, list[_Earlier]] = {}
        self._usual: dict[tuple[str, str], UsualAmount | None] = {}
        self._kept = 0

    def judged(self, items: Sequence[Candidate]) -> Iterator[tuple[Candidate, Verdict]]:
        """The rows whose amounts lie beyond the usual."""
        asked = [item for item in items if item.values.get("amount") and item.values.get(self._column)]
        self._look_up({str(item.values[self._column]) for item in asked})
        for item in asked:
            amount = Decimal(str(item.values["amount"]))
            usual = self._usual_for(item) if amount > 0 else None
            if usual and (factor := usual.off_by(amount)):
                yield item, amounts.unusual(self._link, factor, usual)

    def _look_up(self, keys: set[str]) -> None:
        if self._kept > _MOST_KEPT:
            self._earlier, self._usual, self._kept = {}, {}, 0
        new = keys - self._earlier.keys()
        self._earlier |= {key: [] for key in new}
        for key, *told in self._rows(new) if new else ():
            self._earlier[str(key)].append(_Earlier(*told))
            self._kept += 1

    def _rows(self, keys: set[str]) -> QuerySet[Any, Any]:
        place = Window(RowNumber(), partition_by=[F(self._column)], order_by=F("created_at").desc())
        seen = self._model.objects.visible_to(current_actor()).filter(**{f"{self._column}__in": keys}, amount__gt=0)
        newest = seen.annotate(place=place).filter(place__lte=amounts.MOST)
        rows: QuerySet[Any, Any] = newest.values_list(self._column, "pk", "currency", "amount")
        return rows

    def _usual_for(self, item: Candidate) -> UsualAmount | None:
        """By the others in the same currency; a record that is changed is no past of itself."""
        key, currency = str(item.values[self._column]), str(item.values.get("currency") or "")
        earlier = self._earlier[key]
        if item.action is Action.CHANGE:
            return _usual([one for one in earlier if one.record_id != item.record_id], currency)
        if (key, currency) not in self._usual:
            self._usual[key, currency] = _usual(earlier, currency)
        return self._usual[key, currency]


def _usual(earlier: Iterable[_Earlier], currency: str) -> UsualAmount | None:
    return usual_amount([one.amount for one in earlier if not currency or one.currency == currency])


class _Addresses:
    """What addresses look like at the organisations of people."""

    def __init__(self) -> None:
        self._named: dict[str, tuple[str, str]] = {}
        self._colleagues: dict[str, list[tuple[UUID, Colleague]]] = {}
        self._usual: dict[str, UsualAddress] = {}

    def judged(self, items: Sequence[Candidate]) -> Iterator[tuple[Candidate, Verdict]]:
        """The rows whose first address is a slip of what the organisation would have given."""
        asked = [item for item in items if item.values.get("organisation_id") and _address(item.values).count("@") == 1]
        self._look_up({str(item.values["organisation_id"]) for item in asked})
        for item in asked:
            key = str(item.values["organisation_id"])
            if key not in self._named:
                continue
            names = {name: str(item.values.get(name) or "") for name in ("first_name", "last_name")}
            verdict = unlike(self._usual_for(key, item), _address(item.values), names, at=self._named[key][1])
            if verdict is not None:
                yield item, verdict

    def _look_up(self, keys: set[str]) -> None:
        if len(self._colleagues) > _MOST_KEPT:
            self._named, self._colleagues, self._usual = {}, {}, {}
        new = keys - self._colleagues.keys()
        if not new:
            return
        self._colleagues |= {key: [] for key in new}
        seen = Organisation.objects.visible_to(current_actor()).filter(pk__in=new)
        self._named |= {str(key): (domain, name) for key, domain, name in seen.values_list("pk", "domain", "name")}
        for key, pk, emails, first, last in _people(new):
            person = colleague(str(emails[0].get("value", "")), first, last)
            self._colleagues[str(key)].append((pk, person))

    def _usual_for(self, key: str, item: Candidate) -> UsualAddress:
        if item.action is Action.CHANGE:
            return self._drawn(key, but=item.record_id)
        if key not in self._usual:
            self._usual[key] = self._drawn(key)
        return self._usual[key]

    def _drawn(self, key: str, *, but: UUID | None = None) -> UsualAddress:
        others = [person for pk, person in self._colleagues[key] if pk != but]
        return usual_address(others, website_domain=str(self._named[key][0]))


def _people(keys: set[str]) -> QuerySet[Any, Any]:
    place = Window(RowNumber(), partition_by=[F("organisation_id")], order_by=F("pk").asc())
    seen = Person.objects.visible_to(current_actor()).filter(organisation_id__in=keys).exclude(emails=[])
    rows: QuerySet[Any, Any] = (
        seen.annotate(place=place)
        .filter(place__lte=ASKED)
        .values_list("organisation_id", "pk", "emails", "first_name", "last_name")
    )
    return rows


def _address(values: Mapping[str, Any]) -> str:
    emails = values.get("emails") or [{}]
    return str(emails[0].get("value", ""))
