"""E-mail addresses beside those of colleagues: a slip in the organisation's own domain, or in its own pattern."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from rapport.directory.models import Organisation, Person

from ..checking import Verdict
from ..checking.typing import is_slip
from ..checking.verdict import doubtful
from .question import Question
from .usual import Colleague, UsualAddress, colleague, usual_address

ASKED = 60


def unlike_colleagues(question: Question) -> Verdict | None:
    """Whether an address is a slip of what the organisation would have given."""
    if question.field.domain.kind not in ("email", "emails") or question.text.count("@") != 1:
        return None
    organisation = question.organisation
    if organisation is None or "person.emails" in question.actor.hidden_fields:
        return None
    usual = usual_address(_colleagues(question, organisation), website_domain=str(organisation.domain))
    return unlike(usual, question.text, question.others, at=organisation.title)


def unlike(usual: UsualAddress, address: str, names: Mapping[str, str], *, at: str) -> Verdict | None:
    """The verdict on the address of somebody at an organisation called `at`; None where nothing is to be said."""
    local, _at, host = address.strip().lower().partition("@")
    if usual.domain and is_slip(host, usual.domain):
        reason = _("%(host)s looks like a slip of %(domain)s, the domain of %(organisation)s.")
        words = {"host": host, "domain": usual.domain, "organisation": at}
        return doubtful(reason % words, f"{local}@{usual.domain}", confidence=0.98, code="misspelt")
    expected = usual.of(names.get("first_name", ""), names.get("last_name", "")) if host == usual.domain else ""
    if not expected or local == expected or not is_slip(local, expected):
        return None
    reason = _("Colleagues there have addresses like %(usual)s: a letter is probably wrong.")
    meant = f"{expected}@{host}"
    return doubtful(reason % {"usual": meant}, meant, confidence=0.95, code="misspelt")


def _colleagues(question: Question, organisation: Organisation) -> list[Colleague]:
    """People there with an address, the record itself apart."""
    people = Person.objects.visible_to(question.actor).filter(organisation=organisation)
    people = people.exclude(pk=question.record_id) if question.record_id else people
    rows = people.exclude(emails=[]).values_list("emails", "first_name", "last_name")[:ASKED]
    return [colleague(str(emails[0].get("value", "")), first, last) for emails, first, last in rows]
