"""Currencies in the dictionary."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, always, describe
from rapport.governance.domains import Boolean, Currency, Date, DecimalNumber

from .. import models
from .shared import ALWAYS, STEWARD

describe(
    models.Currency,
    label=_("Currency"),
    plural=_("Currencies"),
    meaning=_("A currency we use, and what it is worth in our own."),
    icon="coins",
    aliases=("currencies", "exchange_rate", "exchange_rates", "devise", "moeda"),
    fields=[
        Field(
            "code",
            _("Currency"),
            Currency(),
            _("Its three letters."),
            steward=STEWARD,
            mandatory=always,
            mandatory_when=ALWAYS,
            aliases=("isocode", "currency_code"),
            in_list=True,
        ),
        Field(
            "rate",
            _("Rate"),
            DecimalNumber(places=8, least=Decimal(0)),
            _("What one unit is worth in our own currency."),
            steward=STEWARD,
            aliases=("exchange_rate", "conversion_rate", "taux", "taxa", "câmbio"),
            in_list=True,
        ),
        Field(
            "rate_on",
            _("Rate of"),
            Date(),
            _("The day on which that was so."),
            steward=STEWARD,
            aliases=("rate_date", "as_of"),
            in_list=True,
        ),
        Field(
            "is_base",
            _("Base currency"),
            Boolean(),
            _("Whether it is our own, in which totals are given."),
            steward=STEWARD,
            form=False,
            editable=False,
            in_list=True,
        ),
    ],
)
