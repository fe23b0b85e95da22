"""Opportunities in the dictionary."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from rapport.directory.dictionary.shared import owner, source, team
from rapport.governance.dictionary import Field, always, describe
from rapport.governance.domains import (
    Amount,
    Choice,
    Currency,
    Date,
    DateTime,
    Integer,
    Link,
    LongText,
    Several,
    Text,
)

from ..models import Opportunity, Status
from .endings import ENDINGS

_NEEDS = _("Needs")
_STATUS_ALIASES = {
    "closed won": "won",
    "closedwon": "won",
    "gagné": "won",
    "gagnée": "won",
    "ganho": "won",
    "ganha": "won",
    "closed lost": "lost",
    "closedlost": "lost",
    "perdu": "lost",
    "perdue": "lost",
    "perdido": "lost",
    "perdida": "lost",
    "in progress": "open",
    "ouvert": "open",
    "ouverte": "open",
    "en cours": "open",
    "aberto": "open",
    "aberta": "open",
    "on hold": "parked",
    "en attente": "parked",
    "em espera": "parked",
}

describe(
    Opportunity,
    label=_("Opportunity"),
    plural=_("Opportunities"),
    meaning=_("A sale that may come about, from first interest to winning or losing it."),
    icon="target",
    aliases=(
        *("deal", "deals", "opportunities", "sales_pipeline", "sale", "sales", "potential", "affaire", "affaires"),
        *("opportunité", "opportunités", "oportunidade", "oportunidades", "negócio", "negócios"),
    ),
    fields=[
        Field(
            "name",
            _("Name"),
            Text(200),
            _("What it is about, in a few words."),
            mandatory=always,
            mandatory_when=_("always"),
            aliases=(
                *("deal_name", "dealname", "opportunity_name", "title", "deal - title", "topic", "subject"),
                *("nom de l'opportunité", "nom de l'affaire", "intitulé", "nome da oportunidade", "título"),
            ),
            in_list=True,
            sortable=True,
        ),
        Field(
            "organisation",
            _("Organisation"),
            Link("organisation"),
            _("Who would buy."),
            aliases=(
                *("account", "account_name", "company", "company_name", "customer", "client", "organization"),
                *("associated_company", "deal - organization", "parentaccountid", "entreprise", "empresa", "cliente"),
            ),
            in_list=True,
        ),
        Field(
            "person",
            _("Main contact"),
            Link("person"),
            _("Whom we mainly talk to."),
            aliases=(
                *("contact", "contact_name", "primary_contact", "associated_contact", "deal - contact person"),
                *("interlocuteur", "contact principal", "contacto", "contato principal"),
            ),
        ),
        Field(
            "status",
            _("Status"),
            Choice(dict(Status.choices), aliases=_STATUS_ALIASES),
            _("Whether it is open, won, lost or set aside."),
            aliases=("deal_status", "deal - status", "statecode", "state", "outcome", "statut", "estado", "situação"),
            in_list=True,
            form=False,
            editable=False,
        ),
        Field(
            "stage",
            _("Stage"),
            Link("stage"),
            _("Where it stands in the sales process."),
            aliases=(
                *("deal_stage", "dealstage", "stagename", "sales_stage", "stepname", "deal - stage", "phase"),
                *("étape", "phase de vente", "etapa", "fase"),
            ),
            in_list=True,
        ),
        Field(
            "pipeline",
            _("Pipeline"),
            Link("pipeline"),
            _("The sales process it follows."),
            aliases=("deal - pipeline", "sales_process", "processus de vente", "funil"),
            form=False,
            editable=False,
        ),
        Field(
            "amount",
            _("Amount"),
            Amount(least=Decimal(0)),
            _("What the customer would pay; follows the product lines when there are any."),
            aliases=(
                *("value", "close_value", "deal_value", "deal - value", "estimatedvalue", "est. revenue", "revenue"),
                *("total", "montant", "valeur", "valor", "montante"),
            ),
            in_list=True,
            sortable=True,
        ),
        Field(
            "currency",
            _("Currency"),
            Currency(),
            _("The currency of the amount; our own when empty."),
            aliases=("currencyisocode", "deal_currency", "deal - currency", "transactioncurrencyid", "devise", "moeda"),
        ),
        Field(
            "probability",
            _("Own probability"),
            Integer(least=Decimal(0), most=Decimal(100)),
            _("In per cent, where it differs from the usual one of the stage."),
            aliases=("closeprobability", "deal_probability", "win_probability", "probabilité", "probabilidade"),
        ),
        Field(
            "expected_close",
            _("Expected close"),
            Date(),
            _("The day on which the customer will probably decide."),
            aliases=(
                *("close_date", "closedate", "expected_close_date", "estimatedclosedate", "est. close date"),
                *("deal - expected close date", "date de clôture", "date de clôture prévue", "data de fecho prevista"),
                *("data de fechamento", "previsão de fecho"),
            ),
            in_list=True,
            sortable=True,
        ),
        Field(
            "next_step",
            _("Next step"),
            Text(200),
            _("What we do next."),
            aliases=("nextstep", "next_action", "prochaine étape", "próximo passo"),
            in_list=True,
        ),
        Field(
            "next_step_on",
            _("Next step on"),
            Date(),
            _("When we do it."),
            aliases=("next_activity_date", "next_step_date", "deal - next activity date", "próxima atividade"),
            in_list=True,
        ),
        Field(
            "product",
            _("Main product"),
            Link("product"),
            _("What it is mainly about."),
            aliases=("product_name", "products", "item", "produit", "produto"),
        ),
        Field(
            "need",
            _("Need"),
            LongText(),
            _("The problem the customer wants solved, in their own words."),
            aliases=("customer_need", "customerneed", "pain_points", "problem", "besoin", "necessidade"),
            group=_NEEDS,
        ),
        Field(
            "impact",
            _("Impact"),
            LongText(),
            _("What the problem costs them, and what solving it is worth."),
            aliases=("value_proposition", "business_impact", "benefit", "enjeu", "impacto"),
            group=_NEEDS,
        ),
        Field(
            "competitors",
            _("Competitors"),
            Several(),
            _("Who else they are talking to."),
            aliases=("competitor", "main_competitor", "maincompetitors", "concurrents", "concorrentes"),
            group=_NEEDS,
        ),
        source(Opportunity),
        owner(),
        team(),
        Field(
            "opened_on",
            _("Opened on"),
            Date(),
            _("The day on which it began."),
            aliases=(
                *("engage_date", "create_date", "created_date", "createdate", "createddate", "start_date"),
                *("deal - deal created", "date de création", "data de criação", "data de abertura"),
            ),
            sortable=True,
        ),
        *ENDINGS,
        Field(
            "stage_since",
            _("In this stage since"),
            DateTime(),
            _("When it entered the stage where it stands."),
            aliases=(
                "last_stage_change",
                "laststagechangedate",
                "date entered current stage",
                "deal - last stage change",
            ),
            form=False,
            editable=False,
        ),
        Field(
            "description",
            _("Description"),
            LongText(),
            _("What else is good to know."),
            aliases=("details", "comments", "notes", "deal_description", "commentaires", "descrição", "observações"),
        ),
    ],
)
