"""Contracts in the dictionary."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from rapport.activities.dictionary.common import spellings, words
from rapport.governance.dictionary import Field, always, describe
from rapport.governance.domains import Amount, Choice, Currency, Date, Integer, Link, LongText, Text

from ..models import BillingPeriod, Contract, ContractStatus, Renewal

_STEWARD = _("Order desk")
_STATUS_ALIASES = spellings(
    {
        "draft": "in approval process, brouillon, rascunho, minuta",
        "active": "activated, signed, running, in force, actif, signé, ativo, assinado",
        "notice_given": "notice, terminating, préavis, denunciado",
        "ended": "expired, closed, completed, terminé, expiré, terminado, expirado",
        "cancelled": "canceled, terminated, résilié, annulé, cancelado, rescindido",
    }
)
_RENEWAL_ALIASES = spellings(
    {
        "automatic": "auto, evergreen, yes, tacite, tacite reconduction, automatique, automático, automática, sim, oui",
        "none": "manual, no, on agreement, fixed, aucune, non, sans, nenhuma, não, manuel",
    }
)
_PERIOD_ALIASES = spellings(
    {
        "once": "one-time, total, unique, única",
        "month": "monthly, mensuel, mensal",
        "quarter": "quarterly, trimestriel, trimestral",
        "year": "yearly, annual, annually, annuel, anual",
    }
)

describe(
    Contract,
    label=_("Contract"),
    plural=_("Contracts"),
    meaning=_("What a customer is bound to, from when to when, and until when notice can be given."),
    icon="file-signature",
    aliases=words(
        "contracts, agreement, subscription, service contract, contrat, contrats, abonnement, contrato, contratos"
    ),
    fields=[
        Field(
            "number",
            _("Number"),
            Text(60),
            _("The number of the contract; without one it gets the next."),
            steward=_STEWARD,
            aliases=words("contract_number, contract_no, agreement_number, contract_id, n° de contrat, numéro, número"),
            in_list=True,
            sortable=True,
        ),
        Field(
            "subject",
            _("Subject"),
            Text(300),
            _("What it is about, in a few words."),
            steward=_STEWARD,
            aliases=words("name, title, contract_name, agreement_name, objet, intitulé, objeto, assunto"),
            in_list=True,
        ),
        Field(
            "organisation",
            _("Organisation"),
            Link("organisation"),
            _("The customer."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            aliases=words("account, account_name, customer, company, sold_to_party, client, cliente, société, empresa"),
            in_list=True,
        ),
        Field(
            "person",
            _("Signed by"),
            Link("person"),
            _("Who signed on the customer's side."),
            steward=_STEWARD,
            aliases=words("contact, customer_signed_by, signatory, signataire, signatário, contacto"),
        ),
        Field(
            "opportunity",
            _("Opportunity"),
            Link("opportunity"),
            _("The opportunity that it comes from."),
            steward=_STEWARD,
            aliases=words("opportunity_name, deal, opportunité, oportunidade"),
        ),
        Field(
            "order",
            _("Order"),
            Link("order"),
            _("The order that it comes from."),
            steward=_STEWARD,
            aliases=words("order_number, commande, pedido"),
        ),
        Field(
            "product",
            _("Product"),
            Link("product"),
            _("What it is for."),
            steward=_STEWARD,
            aliases=words("product_name, product_code, service, produit, produto"),
        ),
        Field(
            "kind",
            _("Kind"),
            Text(80),
            _("What sort of contract it is."),
            steward=_STEWARD,
            aliases=words("contract_type, type, type de contrat, tipo, tipo de contrato"),
            in_list=True,
        ),
        Field(
            "starts_on",
            _("Starts"),
            Date(),
            _("The first day."),
            steward=_STEWARD,
            aliases=words(
                "start_date, contract_start_date, valid_from, begin, date de début, début, data de início, início"
            ),
            in_list=True,
            sortable=True,
            always_seen=True,
        ),
        Field(
            "ends_on",
            _("Ends"),
            Date(),
            _("The last day; without one it runs until notice."),
            steward=_STEWARD,
            aliases=words(
                "end_date, contract_end_date, valid_to, expiry_date, expires, date de fin, fin, data de fim, fim"
            ),
            in_list=True,
            sortable=True,
            always_seen=True,
        ),
        Field(
            "notice_period_days",
            _("Notice period in days"),
            Integer(least=Decimal(0), most=Decimal(3660)),
            _("How many days before the end notice must be given."),
            steward=_STEWARD,
            aliases=words(
                "notice_period, notice_period_days, owner_expiration_notice, préavis (jours), aviso prévio (dias)"
            ),
            always_seen=True,
        ),
        Field(
            "notice_by",
            _("Notice by"),
            Date(),
            _("The last day to give notice; follows from end and notice period where both are known."),
            steward=_STEWARD,
            aliases=words("notice_date, notice_deadline, cancel_by, date de préavis, data de aviso"),
            in_list=True,
            sortable=True,
            always_seen=True,
        ),
        Field(
            "renewal",
            _("Renewal"),
            Choice(dict(Renewal.choices), _RENEWAL_ALIASES),
            _("What happens at the end."),
            steward=_STEWARD,
            aliases=words("renewal_type, auto_renew, auto_renewal, renouvellement, reconduction, renovação"),
        ),
        Field(
            "amount",
            _("Amount"),
            Amount(),
            _("What it brings per billing period."),
            steward=_STEWARD,
            aliases=words("annual_value, contract_value, value, mrr, arr, montant, valor, valor anual, montant annuel"),
            in_list=True,
            sortable=True,
        ),
        Field(
            "currency",
            _("Currency"),
            Currency(),
            _("The currency of the amount."),
            steward=_STEWARD,
            aliases=words("currency_code, currency_iso_code, devise, moeda"),
            in_list=True,
        ),
        Field(
            "billing_period",
            _("Per"),
            Choice(dict(BillingPeriod.choices), _PERIOD_ALIASES),
            _("The period that the amount is for."),
            steward=_STEWARD,
            aliases=words("billing_frequency, billing_cycle, billing_period, périodicité, periodicidade"),
        ),
        Field(
            "status",
            _("Status"),
            Choice(dict(ContractStatus.choices), _STATUS_ALIASES),
            _("Whether it binds."),
            steward=_STEWARD,
            aliases=words("contract_status, state, statut, estado"),
            in_list=True,
            always_seen=True,
        ),
        Field(
            "description",
            _("Description"),
            LongText(),
            _("More about it: special terms, agreements."),
            steward=_STEWARD,
            aliases=words("special_terms, comments, notes, remarques, conditions, observações"),
        ),
        Field(
            "owner",
            _("Owner"),
            Link("user"),
            _("The colleague who looks after it."),
            steward=_STEWARD,
            aliases=words("contract_owner, account_manager, sales_rep, responsable, responsável"),
            in_list=True,
        ),
        Field("team", _("Team"), Link("team"), _("The team of the owner."), steward=_STEWARD, form=False),
    ],
)
