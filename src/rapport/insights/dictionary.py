"""Insights in the dictionary."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.directory.models import Organisation
from rapport.governance.dictionary import Field, always, describe
from rapport.governance.domains import (
    Amount,
    Choice,
    Country,
    Currency,
    Date,
    DateTime,
    Domain,
    Link,
    LongText,
    OpenList,
    Text,
    Year,
)
from rapport.governance.values_in_use import values_in_use

from .models import MarketSize, NextActionAnswer, OwnEstimate, Reply, WhyNot
from .models.market_size import FIRST_YEAR, LAST_YEAR


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


def _is_nameless(values: Mapping[str, Any]) -> bool:
    return not (values.get("industry") or values.get("country"))


_STEWARD = _("Marketing")

describe(
    MarketSize,
    label=_("Market size"),
    plural=_("Market sizes"),
    meaning=_("What all sellers together sell in a market in a year."),
    icon="chart-pie",
    aliases=("market_sizes", "market", "markets", "tam", "taille du marché", "dimensão do mercado"),
    fields=[
        Field(
            "name",
            _("Own name"),
            Text(120),
            _("What the market is called. Alone it means everything."),
            steward=_STEWARD,
            mandatory=_is_nameless,
            mandatory_when=_("where neither industry nor country is given"),
            aliases=("market", "segment", "marché", "mercado"),
            in_list=True,
            sortable=True,
        ),
        Field(
            "industry",
            _("Industry"),
            OpenList(known=values_in_use(Organisation, "industry")),
            _("The industry that buys; all of them when empty."),
            steward=_STEWARD,
            aliases=("sector", "secteur", "setor"),
            in_list=True,
        ),
        Field(
            "country",
            _("Country"),
            Country(),
            _("The country in which is bought; all of them when empty."),
            steward=_STEWARD,
            aliases=("pays", "país"),
            in_list=True,
        ),
        Field(
            "conditions",
            _("Organisations"),
            Text(1000),
            _(
                "For a market of your own: the address of the list of organisations with the filters that make it, "
                "copied from there."
            ),
            steward=_STEWARD,
        ),
        Field(
            "year",
            _("Year"),
            Year(least=Decimal(FIRST_YEAR), most=Decimal(LAST_YEAR)),
            _("The calendar year."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            aliases=("année", "ano"),
            in_list=True,
            sortable=True,
        ),
        Field(
            "amount",
            _("Market size"),
            Amount(least=Decimal("0.01"), most=Decimal("9999999999999999")),
            _("What all sellers together sell in it in that year, of what you sell."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            aliases=("market_size", "size", "taille", "dimensão"),
            in_list=True,
        ),
        Field(
            "currency",
            _("Currency"),
            Currency(),
            _("The currency of the size; our own when empty."),
            steward=_STEWARD,
            aliases=("currencyisocode", "devise", "moeda"),
        ),
        Field(
            "source",
            _("Source"),
            Text(200),
            _("Where the figure is from."),
            steward=_STEWARD,
            aliases=("origine", "fonte"),
            in_list=True,
        ),
        Field(
            "note",
            _("Note"),
            LongText(),
            _("How it was worked out, and how far it can be trusted."),
            steward=_STEWARD,
            aliases=("notes", "remarque", "nota"),
        ),
    ],
)
