"""E-mail addresses beside those of colleagues: a slip in the organisation's own domain, or in its own pattern.

A *pattern* tells how an organisation makes addresses of names, such as `first.last`. It counts when at least three
colleagues with names follow it, and four of five of all of them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _

from rapport.core.search import normalise
from rapport.directory.models import Organisation, Person

from ..checking import Verdict
from ..checking.typing import is_slip
from ..checking.verdict import doubtful
from .question import Question

_ASKED = 60
_FEWEST, _SHARE = 3, 0.8
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


def unlike_colleagues(question: Question) -> Verdict | None:
    """Whether an address is a slip of what the organisation would have given."""
    if question.field.domain.kind not in ("email", "emails") or question.text.count("@") != 1:
        return None
    organisation = question.organisation
    if organisation is None or "person.emails" in question.actor.hidden_fields:
        return None
    local, _at, host = question.text.strip().lower().partition("@")
    colleagues = _colleagues(question, organisation)
    domain = _domain(organisation, (address for address, _first, _last in colleagues))
    if domain and is_slip(host, domain):
        reason = _("%(host)s looks like a slip of %(domain)s, the domain of %(organisation)s.")
        words = {"host": host, "domain": domain, "organisation": organisation.title}
        return doubtful(reason % words, f"{local}@{domain}", confidence=0.98, code="misspelt")
    return _unlike_pattern(question, local, host, colleagues) if host == domain else None


Colleague = tuple[str, str, str]


def _colleagues(question: Question, organisation: Organisation) -> list[Colleague]:
    """Address, first and last name of people there, the record itself apart."""
    people = Person.objects.visible_to(question.actor).filter(organisation=organisation)
    people = people.exclude(pk=question.record_id) if question.record_id else people
    rows = people.exclude(emails=[]).values_list("emails", "first_name", "last_name")[:_ASKED]
    return [
        (str(entry.get("value", "")).lower(), _plain(first), _plain(last))
        for emails, first, last in rows
        for entry in emails[:1]
    ]


def _plain(name: str) -> str:
    return "".join(char for char in normalise(name) if char.isalnum() or char == "-")


def _domain(organisation: Organisation, addresses: Iterable[str]) -> str:
    """The domain that most colleagues have, if several do; else that of the website."""
    hosts = Counter(address.partition("@")[2] for address in addresses)
    usual = hosts.most_common(1)
    return usual[0][0] if usual and usual[0][1] >= 2 else str(organisation.domain)


def _unlike_pattern(question: Question, local: str, host: str, colleagues: Iterable[Colleague]) -> Verdict | None:
    first, last = (_plain(question.others.get(name, "")) for name in ("first_name", "last_name"))
    pattern = _pattern(colleagues, host)
    if not pattern or not first or not last:
        return None
    usual = _PATTERNS[pattern](first, last)
    if local == usual or not is_slip(local, usual):
        return None
    reason = _("Colleagues there have addresses like %(usual)s: a letter is probably wrong.")
    meant = f"{usual}@{host}"
    return doubtful(reason % {"usual": meant}, meant, confidence=0.95, code="misspelt")


def _pattern(colleagues: Iterable[Colleague], host: str) -> str:
    """The one way in which addresses are made there; empty where there is none."""
    there = [
        (address.partition("@")[0], first, last) for address, first, last in colleagues if address.endswith(f"@{host}")
    ]
    named = [(local, first, last) for local, first, last in there if first and last]
    counts = Counter(
        name for local, first, last in named for name, make in _PATTERNS.items() if make(first, last) == local
    )
    usual = counts.most_common(1)
    return usual[0][0] if usual and usual[0][1] >= max(_FEWEST, _SHARE * len(named)) else ""
