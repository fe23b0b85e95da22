"""Price lists and prices in the dictionary."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, always, describe
from rapport.governance.domains import Boolean, Currency, Date, DecimalNumber, Link, Text

from ..models import Price, PriceList
from .shared import ALWAYS, STEWARD

describe(
    PriceList,
    label=_("Price list"),
    plural=_("Price lists"),
    meaning=_("A named set of prices in one currency."),
    icon="tags",
    aliases=("price_book", "pricebook", "price_lists", "tarif", "lista de preços"),
    fields=[
        Field(
            "name",
            _("Name"),
            Text(120),
            _("What the list is called."),
            steward=STEWARD,
            mandatory=always,
            mandatory_when=ALWAYS,
            aliases=("price_list", "price_book_name"),
            in_list=True,
            sortable=True,
        ),
        Field(
            "currency",
            _("Currency"),
            Currency(),
            _("The currency of all its prices."),
            steward=STEWARD,
            mandatory=always,
            mandatory_when=ALWAYS,
            aliases=("currencyisocode", "devise", "moeda"),
            in_list=True,
        ),
        Field(
            "valid_from",
            _("Valid from"),
            Date(),
            _("The first day on which its prices hold."),
            steward=STEWARD,
            aliases=("start_date", "begindate", "valable dès", "válido desde"),
            in_list=True,
            always_seen=True,
        ),
        Field(
            "valid_until",
            _("Valid until"),
            Date(),
            _("The last day on which its prices hold."),
            steward=STEWARD,
            aliases=("end_date", "enddate", "valable jusqu'au", "válido até"),
            in_list=True,
            always_seen=True,
        ),
        Field(
            "is_default",
            _("Default"),
            Boolean(),
            _("Whether it is used where no other list is chosen."),
            steward=STEWARD,
            form=False,
            editable=False,
            in_list=True,
        ),
    ],
)

describe(
    Price,
    label=_("Price"),
    plural=_("Prices"),
    meaning=_("What one product costs on one price list."),
    icon="tag",
    aliases=("pricebook_entry", "price_list_item", "prices", "prix", "preço"),
    fields=[
        Field(
            "price_list",
            _("Price list"),
            Link("pricelist"),
            _("The list it stands on."),
            steward=STEWARD,
            mandatory=always,
            mandatory_when=ALWAYS,
            aliases=("price_book", "pricelevelid"),
            in_list=True,
        ),
        Field(
            "product",
            _("Product"),
            Link("product"),
            _("What it is the price of."),
            steward=STEWARD,
            mandatory=always,
            mandatory_when=ALWAYS,
            aliases=("product_name", "product_code", "produit", "produto"),
            in_list=True,
        ),
        Field(
            "amount",
            _("Price"),
            DecimalNumber(least=Decimal(0)),
            _("What one unit costs, in the currency of the list."),
            steward=STEWARD,
            mandatory=always,
            mandatory_when=ALWAYS,
            aliases=("unit_price", "unitprice", "list_price", "prix", "preço"),
            in_list=True,
        ),
    ],
)
