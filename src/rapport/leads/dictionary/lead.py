"""Leads in the dictionary."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.directory.dictionary.shared import (
    addresses,
    country,
    emails,
    foreseen,
    industry,
    owner,
    phones,
    source,
    team,
)
from rapport.governance.dictionary import Field, PersonalData, describe
from rapport.governance.domains import (
    Amount,
    Choice,
    Currency,
    Date,
    Integer,
    Languages,
    Link,
    LongText,
    Text,
    WebAddress,
)

from ..models import Lead, LeadStatus
from .outcomes import OUTCOMES

_INTEREST = _("Interest")
_STATUS_ALIASES = {
    "open": "new",
    "open - not contacted": "new",
    "not contacted": "new",
    "nouveau": "new",
    "novo": "new",
    "contacted": "working",
    "working - contacted": "working",
    "in progress": "working",
    "attempted to contact": "working",
    "en cours": "working",
    "em curso": "working",
    "connected": "working",
    "open deal": "qualified",
    "qualifié": "qualified",
    "qualificado": "qualified",
    "nurturing": "parked",
    "bad timing": "parked",
    "closed - converted": "converted",
    "converti": "converted",
    "convertido": "converted",
    "closed - not converted": "discarded",
    "disqualified": "discarded",
    "unqualified": "discarded",
    "non qualifié": "discarded",
    "desqualificado": "discarded",
}


def _nameless(values: Mapping[str, Any]) -> bool:
    return not (values.get("organisation_name") or values.get("emails"))


describe(
    Lead,
    label=_("Lead"),
    plural=_("Leads"),
    meaning=_("Somebody who may become a customer, before it is clear whether that is worth an opportunity."),
    icon="sprout",
    aliases=("leads", "prospects", "enquiry", "inquiry", "piste", "pistes", "lead entrant", "potencial cliente"),
    fields=[
        Field(
            "first_name",
            _("First name"),
            Text(100),
            _("The given name."),
            PersonalData.CONTACT,
            aliases=("firstname", "given_name", "prénom", "primeiro nome"),
            in_list=True,
        ),
        Field(
            "last_name",
            _("Last name"),
            Text(100),
            _("The family name."),
            PersonalData.CONTACT,
            mandatory=_nameless,
            mandatory_when=_("when there is neither an organisation nor an e-mail address"),
            aliases=("lastname", "surname", "name", "nom", "apelido", "sobrenome"),
            in_list=True,
            sortable=True,
        ),
        Field(
            "organisation_name",
            _("Organisation"),
            Text(200),
            _("Where they work, as they wrote it."),
            aliases=("company", "company_name", "account", "organization", "entreprise", "société", "empresa"),
            in_list=True,
        ),
        Field(
            "job_title",
            _("Job title"),
            Text(150),
            _("The position there."),
            PersonalData.CONTACT,
            aliases=("title", "jobtitle", "position", "fonction", "cargo"),
            in_list=True,
        ),
        Field(
            "department",
            _("Department"),
            Text(100),
            _("The part of the organisation."),
            aliases=("division", "département", "departamento"),
        ),
        Field(
            "status",
            _("Status"),
            Choice(dict(LeadStatus.choices), aliases=_STATUS_ALIASES),
            _("How far the lead has come."),
            aliases=("lead_status", "statuscode", "statecode", "statut", "estado"),
            in_list=True,
            form=False,
            editable=False,
            always_seen=True,
        ),
        emails(),
        phones(),
        country(_("The country they write from.")),
        addresses(),
        Field(
            "languages",
            _("Languages"),
            Languages(),
            _("Languages they speak, the preferred one first."),
            PersonalData.PERSONAL,
            aliases=("language", "preferred_language", "langue", "idioma"),
        ),
        Field(
            "website",
            _("Website"),
            WebAddress(),
            _("Their organisation's page on the web."),
            aliases=("url", "web", "site", "websiteurl", "site web", "página"),
        ),
        industry(Lead),
        Field(
            "employees",
            _("Employees"),
            Integer(),
            _("How many people work in their organisation."),
            aliases=(
                "number_of_employees",
                "numberofemployees",
                "no. of employees",
                "size",
                "effectif",
                "funcionários",
            ),
        ),
        Field(
            "need",
            _("Need"),
            LongText(),
            _("What they want, in their own words."),
            PersonalData.PERSONAL,
            aliases=("message", "request", "comments", "subject", "besoin", "demande", "mensagem", "pedido"),
            group=_INTEREST,
        ),
        Field(
            "product",
            _("Interested in"),
            Link("product"),
            _("The product they ask about."),
            aliases=("product", "product_interest", "productinterest", "produit", "produto"),
            group=_INTEREST,
        ),
        Field(
            "amount",
            _("Estimated amount"),
            Amount(least=Decimal(0)),
            _("What it could be worth."),
            aliases=("value", "lead_value", "estimatedvalue", "estimatedamount", "montant", "valor"),
            group=_INTEREST,
        ),
        Field(
            "currency",
            _("Currency"),
            Currency(),
            _("The currency of the estimated amount; our own when empty."),
            aliases=("currencyisocode", "devise", "moeda"),
            group=_INTEREST,
        ),
        source(Lead),
        Field(
            "campaign",
            _("Campaign"),
            Link("campaign"),
            _("The effort that brought them to us."),
            aliases=("campaign_name", "utm_campaign", "campagne", "campanha"),
            in_list=True,
        ),
        Field(
            "received_on",
            _("Received on"),
            Date(),
            _("The day on which they came to us."),
            aliases=("created_date", "create_date", "createdon", "date", "date de création", "data de criação"),
            in_list=True,
            sortable=True,
        ),
        foreseen(
            "chance_to_convert",
            _("Chance to convert"),
            _("How likely it is to be converted within 90 days, as learned from past leads, in per cent."),
        ),
        owner(),
        team(),
        *OUTCOMES,
        Field(
            "description",
            _("Description"),
            LongText(),
            _("What else is good to know."),
            PersonalData.PERSONAL,
            aliases=("notes", "remarks", "commentaires", "descrição"),
        ),
    ],
)
