"""Orders and their lines in the dictionary."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from rapport.activities.dictionary.common import spellings, words
from rapport.governance.dictionary import Field, always, describe
from rapport.governance.domains import Amount, Choice, Currency, Date, DecimalNumber, Link, LongText, Percentage, Text

from ..models import Order, OrderLine, OrderStatus

_STEWARD = _("Order desk")
_STATUS_ALIASES = spellings(
    {
        "draft": "new, brouillon, rascunho",
        "confirmed": "open, activated, placed, in process, in production, confirmée, confirmada, confirmado",
        "delivered": "shipped, completed, closed, fulfilled, livrée, entregue",
        "invoiced": "billed, facturée, faturada, faturado",
        "paid": "payée, paga, pago",
        "cancelled": "canceled, rejected, annulée, cancelada, cancelado",
    }
)

describe(
    Order,
    label=_("Order"),
    plural=_("Orders"),
    meaning=_("What a customer bought on a day."),
    icon="shopping-cart",
    aliases=words("orders, sales order, purchase, commande, commandes, pedido, encomenda, bestellung"),
    fields=[
        Field(
            "number",
            _("Number"),
            Text(60),
            _("The number of the order; without one it gets the next."),
            steward=_STEWARD,
            aliases=words(
                "order_number, order_no, order, sales_document, vbeln, document_number, n° de commande, numéro, número"
            ),
            in_list=True,
            sortable=True,
        ),
        Field(
            "organisation",
            _("Organisation"),
            Link("organisation"),
            _("The customer."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            aliases=words(
                "account, account_name, customer, company, sold_to_party, kunnr, client, cliente, société, empresa"
            ),
            in_list=True,
        ),
        Field(
            "person",
            _("Ordered by"),
            Link("person"),
            _("Who ordered on the customer's side."),
            steward=_STEWARD,
            aliases=words("contact, contact_name, ordered_by, bill_to_contact, interlocuteur, contacto, contato"),
        ),
        Field(
            "opportunity",
            _("Opportunity"),
            Link("opportunity"),
            _("The opportunity that it comes from."),
            steward=_STEWARD,
            aliases=words("opportunity_name, deal, associated_deal, opportunité, oportunidade, negócio"),
        ),
        Field(
            "ordered_on",
            _("Ordered"),
            Date(),
            _("The day on which it was ordered."),
            steward=_STEWARD,
            aliases=words(
                "order_date, order_start_date, effective_date, document_date, date, audat, date de commande, data"
            ),
            in_list=True,
            sortable=True,
        ),
        Field(
            "delivered_on",
            _("Delivered"),
            Date(),
            _("The day on which the customer had everything."),
            steward=_STEWARD,
            aliases=words("delivery_date, shipped_date, delivered, date de livraison, data de entrega"),
            always_seen=True,
        ),
        Field(
            "status",
            _("Status"),
            Choice(dict(OrderStatus.choices), _STATUS_ALIASES),
            _("How far it has come."),
            steward=_STEWARD,
            aliases=words("order_status, state, statut, estado"),
            in_list=True,
            always_seen=True,
        ),
        Field(
            "amount",
            _("Amount"),
            Amount(),
            _("What it comes to; follows from its lines once it has any."),
            steward=_STEWARD,
            aliases=words("order_amount, total, total_amount, net_value, netwr, value, montant, valor, montant total"),
            in_list=True,
            sortable=True,
        ),
        Field(
            "currency",
            _("Currency"),
            Currency(),
            _("The currency of the amount."),
            steward=_STEWARD,
            aliases=words("currency_code, currency_iso_code, waerk, devise, moeda"),
            in_list=True,
        ),
        Field(
            "description",
            _("Description"),
            LongText(),
            _("More about what was ordered."),
            steward=_STEWARD,
            aliases=words("comments, notes, remarks, commentaire, descrição"),
        ),
        Field(
            "owner",
            _("Owner"),
            Link("user"),
            _("The colleague who looks after it."),
            steward=_STEWARD,
            aliases=words("order_owner, sales_rep, sales_employee, responsable, responsável, vendedor, vendeur"),
            in_list=True,
        ),
        Field("team", _("Team"), Link("team"), _("The team of the owner."), steward=_STEWARD, form=False),
    ],
)

describe(
    OrderLine,
    label=_("Order line"),
    plural=_("Order lines"),
    meaning=_("What of what was ordered, how many, at which price."),
    icon="list",
    aliases=words(
        "order lines, order product, order item, order_product, line item, ligne de commande, linha, item do pedido"
    ),
    fields=[
        Field(
            "order",
            _("Order"),
            Link("order"),
            _("The order it is part of."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            aliases=words("order_number, order_no, sales_document, vbeln, commande, pedido"),
            in_list=True,
        ),
        Field(
            "product",
            _("Product"),
            Link("product"),
            _("What was ordered."),
            steward=_STEWARD,
            aliases=words("product_name, product_code, sku, item, material, matnr, produit, article, produto, artigo"),
            in_list=True,
        ),
        Field(
            "description",
            _("Description"),
            Text(300),
            _("What was ordered, in words."),
            steward=_STEWARD,
            aliases=words("line_description, item_description, désignation, descrição"),
        ),
        Field(
            "quantity",
            _("Quantity"),
            DecimalNumber(places=3),
            _("How many."),
            steward=_STEWARD,
            aliases=words("qty, order_quantity, kwmeng, quantité, quantidade"),
            in_list=True,
        ),
        Field(
            "unit_price",
            _("Unit price"),
            DecimalNumber(places=4),
            _("The price of one, in the order's currency."),
            steward=_STEWARD,
            aliases=words("price, net_price, netpr, sales_price, prix unitaire, preço unitário"),
            in_list=True,
        ),
        Field(
            "discount",
            _("Discount in %"),
            Percentage(),
            _("How much is taken off, in per cent."),
            steward=_STEWARD,
            aliases=words("discount_percentage, discount_percent, remise, desconto"),
            in_list=True,
        ),
        Field(
            "amount",
            _("Amount"),
            DecimalNumber(places=2, least=Decimal(-(10**15))),
            _("Quantity times price less the discount, unless the system it comes from said otherwise."),
            steward=_STEWARD,
            aliases=words("line_total, total, total_price, net_value, netwr, montant, valor"),
            in_list=True,
        ),
    ],
)
