"""The answer to a question: from the surroundings first, then from the value itself, then from outside services."""

from collections.abc import Callable, Mapping

from rapport.governance.domains import OpenList

from ..checking import Grade, Verdict, check
from ..checking.codes import near_choice
from .amounts import out_of_the_usual
from .colleagues import unlike_colleagues
from .names import in_each_others_place
from .order import out_of_order
from .question import Question
from .services import SERVICES

_KINDS: Mapping[str, str] = {
    "email": "email",
    "emails": "email",
    "phone": "phone",
    "phones": "phone",
    "url": "url",
    "vat": "vat",
    "iban": "iban",
    "addresses": "postal-code",
}
_NAMES: Mapping[tuple[str, str], str] = {
    ("person", "first_name"): "name",
    ("person", "last_name"): "name",
    ("lead", "first_name"): "name",
    ("lead", "last_name"): "name",
    ("organisation", "name"): "company",
    ("lead", "organisation_name"): "company",
}
_SURROUNDINGS: tuple[Callable[[Question], Verdict | None], ...] = (
    unlike_colleagues,
    in_each_others_place,
    out_of_order,
    out_of_the_usual,
)
OPEN_LIST = "open_list"
_COMPARED = frozenset({"date", "datetime", "amount", OPEN_LIST})


def kind_of(record_type: str, name: str, domain_kind: str) -> str:
    """The check for a field's values; empty where there is none."""
    if name == "company_number":
        return "company-number"
    return _NAMES.get((record_type, name)) or _KINDS.get(domain_kind, "")


def is_verified(record_type: str, name: str, domain_kind: str) -> bool:
    """Whether there is anything to say of a field's values."""
    return bool(kind_of(record_type, name, domain_kind)) or domain_kind in _COMPARED


def verify(question: Question) -> Verdict | None:
    """The verdict on a value; None where nothing can be said."""
    text = question.text.strip()
    if not text:
        return None
    for look in _SURROUNDINGS:
        found = look(question)
        if found is not None:
            return found
    verdict = _on_its_own(question, text)
    if verdict is not None and verdict.grade is not Grade.GOOD:
        return verdict
    for service in SERVICES:
        said = service(question)
        if said is not None:
            return said
    return verdict


def _on_its_own(question: Question, text: str) -> Verdict | None:
    field = question.field
    if field.domain.kind == OPEN_LIST:
        return _near_miss(question, text)
    kind = kind_of(question.record_type, field.name, field.domain.kind)
    if not kind or (kind in ("company-number", "postal-code") and not question.country):
        return None
    return check(kind, text, country=question.country)


def _near_miss(question: Question, text: str) -> Verdict | None:
    """A text like a value in use, but not quite: it is proposed; a new value is nobody's fault."""
    domain = question.field.domain
    labels = domain.labels() if isinstance(domain, OpenList) else {}
    if not labels or text in labels or text in labels.values():
        return None
    found = near_choice(text, labels)
    return found if found.proposal else None
