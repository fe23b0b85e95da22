"""Products in the dictionary."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, always, describe
from rapport.governance.domains import Amount, Boolean, Currency, LongText, OpenList, Text
from rapport.governance.values_in_use import values_in_use

from ..models import Product
from .shared import ALWAYS, STEWARD

describe(
    Product,
    label=_("Product"),
    plural=_("Products"),
    meaning=_("Something we sell, goods or service."),
    icon="package",
    aliases=("products", "item", "items", "article", "articles", "sku", "catalogue", "produit", "produits", "produto"),
    fields=[
        Field(
            "name",
            _("Name"),
            Text(200),
            _("What the product is called."),
            steward=STEWARD,
            mandatory=always,
            mandatory_when=ALWAYS,
            aliases=("product", "product_name", "item_name", "title", "produit", "nom du produit", "produto", "nome"),
            in_list=True,
            sortable=True,
        ),
        Field(
            "code",
            _("Code"),
            Text(60),
            _("Our own number of the product; no two products share one."),
            steward=STEWARD,
            aliases=(
                "product_code",
                "sku",
                "productnumber",
                "item_number",
                "article_number",
                "référence",
                "referência",
            ),
            in_list=True,
        ),
        Field(
            "family",
            _("Family"),
            OpenList(known=values_in_use(Product, "family"), longest=120),
            _("The group of products it belongs to."),
            steward=STEWARD,
            aliases=(
                "series",
                "product_family",
                "category",
                "group",
                "gamme",
                "famille",
                "catégorie",
                "família",
                "categoria",
            ),
            in_list=True,
        ),
        Field(
            "list_price",
            _("List price"),
            Amount(least=Decimal(0)),
            _("What one unit costs where no price list says otherwise."),
            steward=STEWARD,
            aliases=("price", "sales_price", "unit_price", "standard_price", "listprice", "prix", "tarif", "preço"),
            in_list=True,
        ),
        Field(
            "currency",
            _("Currency"),
            Currency(),
            _("The currency of the list price; our own when empty."),
            steward=STEWARD,
            aliases=("currencyisocode", "price_currency", "devise", "moeda"),
        ),
        Field(
            "unit",
            _("Unit"),
            OpenList(known=values_in_use(Product, "unit"), longest=40),
            _("What one of it is: piece, hour, licence and year …"),
            steward=STEWARD,
            aliases=("unit_of_measure", "uom", "quantityunitofmeasure", "unité", "unidade"),
        ),
        Field(
            "is_active",
            _("Offered"),
            Boolean(),
            _("Whether it is still sold."),
            steward=STEWARD,
            aliases=("active", "available", "isactive", "actif", "ativo"),
            in_list=True,
        ),
        Field(
            "description",
            _("Description"),
            LongText(),
            _("What it is and does."),
            steward=STEWARD,
            aliases=("details", "product_description", "descriptif", "descrição"),
        ),
    ],
)
