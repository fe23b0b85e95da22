"""Opportunity lines in the dictionary."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, always, describe
from rapport.governance.domains import DecimalNumber, Integer, Link, Percentage, Text

from ..models import OpportunityLine

_ALWAYS = _("always")

describe(
    OpportunityLine,
    label=_("Opportunity line"),
    plural=_("Opportunity lines"),
    meaning=_("One product of an opportunity, with quantity and price."),
    icon="list",
    aliases=(
        "line_item",
        "line_items",
        "opportunity_product",
        "opportunity_products",
        "deal_product",
        "ligne",
        "linha",
    ),
    fields=[
        Field(
            "opportunity",
            _("Opportunity"),
            Link("opportunity"),
            _("The opportunity it is part of."),
            mandatory=always,
            mandatory_when=_ALWAYS,
            aliases=("deal", "deal_name", "opportunity_name", "affaire", "oportunidade"),
            in_list=True,
        ),
        Field(
            "product",
            _("Product"),
            Link("product"),
            _("What would be sold."),
            aliases=("product_name", "product_code", "item", "produit", "produto"),
            in_list=True,
        ),
        Field(
            "description",
            _("Description"),
            Text(200),
            _("What is special about it here."),
            aliases=("line_description", "details", "descrição"),
        ),
        Field(
            "quantity",
            _("Quantity"),
            DecimalNumber(places=3, least=Decimal(0)),
            _("How many units."),
            aliases=("qty", "units", "quantité", "quantidade"),
            in_list=True,
        ),
        Field(
            "unit_price",
            _("Unit price"),
            DecimalNumber(least=Decimal(0)),
            _("What one unit costs, in the currency of the opportunity."),
            mandatory=always,
            mandatory_when=_ALWAYS,
            aliases=("price", "sales_price", "priceperunit", "prix unitaire", "preço unitário"),
            in_list=True,
        ),
        Field(
            "discount",
            _("Discount in %"),
            Percentage(),
            _("How much is taken off, in per cent."),
            aliases=("discount_percentage", "discount_percent", "remise", "desconto"),
            in_list=True,
        ),
        Field(
            "amount",
            _("Amount"),
            DecimalNumber(),
            _("Quantity times price less the discount."),
            aliases=("total_price", "line_total", "extendedamount", "montant", "valor"),
            in_list=True,
            form=False,
            editable=False,
        ),
        Field(
            "position",
            _("Position"),
            Integer(least=Decimal(1), most=Decimal(9999)),
            _("Its place among the lines."),
            aliases=("line_number", "sort_order"),
            form=False,
        ),
    ],
)
