"""Insights in the dictionary."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, describe
from rapport.governance.domains import Amount, Choice, Currency, Date, DateTime, Domain, Link, LongText, Text

from .models import NextActionAnswer, OwnEstimate, Reply, WhyNot


def _told(name: str, label: str | Promise, domain: Domain, meaning: str | Promise, *, in_list: bool = False) -> Field:
    """A field that the verbs fill."""
    return Field(name, label, domain, meaning=meaning, in_list=in_list, form=False, editable=False, always_seen=True)


describe(
    NextActionAnswer,
    label=_("Answer to a suggestion"),
    plural=_("Answers to suggestions"),
    meaning=_("What somebody answered to a suggestion of what to do next."),
    icon="list-todo",
    importable=False,
    fields=[
        _told("user", _("Who answered"), Link("user"), _("The person who answered.")),
        _told("todo", _("Suggestion"), Text(), _("What had been suggested."), in_list=True),
        _told("reply", _("Answer"), Choice(dict(Reply.choices)), _("What they answered."), in_list=True),
        _told("until", _("Until"), Date(), _("The day on which it comes back.")),
        _told("code", _("Why not"), Choice(dict(WhyNot.choices)), _("Why it was refused.")),
        _told("reason", _("Reason"), LongText(), _("The reason in their words.")),
        _told("key", _("Key"), Text(), _("What tells the suggestion apart from others.")),
        _told("source", _("Source"), Text(), _("What had found it.")),
        _told("for_type", _("Record type"), Text(), _("What kind of record it is about.")),
        _told("for_id", _("Record"), Text(), _("The record that it is about.")),
        _told("at", _("Answered"), DateTime(), _("When they answered.")),
    ],
)

describe(
    OwnEstimate,
    label=_("Own estimate"),
    plural=_("Own estimates"),
    meaning=_("What somebody expects to sell in a month or quarter."),
    icon="target",
    importable=False,
    fields=[
        _told("user", _("Whose"), Link("user"), _("The person who expects it.")),
        _told("period", _("Period"), Text(), _("The month or quarter, such as 2026-11 or 2026-Q4."), in_list=True),
        _told("amount", _("Amount"), Amount(), _("How much they expect to sell."), in_list=True),
        _told("currency", _("Currency"), Currency(), _("The base currency when they said so.")),
        _told("at", _("Given"), DateTime(), _("When they said so.")),
    ],
)
