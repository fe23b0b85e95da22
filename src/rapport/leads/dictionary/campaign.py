"""Campaigns in the dictionary."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, always, describe
from rapport.governance.domains import Amount, Choice, Currency, Date, LongText, Text

from ..models import Campaign
from ..models.campaign import CampaignKind

_STEWARD = _("Marketing")

describe(
    Campaign,
    label=_("Campaign"),
    plural=_("Campaigns"),
    meaning=_("An effort of a limited time to win leads."),
    icon="megaphone",
    aliases=("campaigns", "campagne", "campanha"),
    fields=[
        Field(
            "name",
            _("Name"),
            Text(150),
            _("What the campaign is called."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            aliases=("campaign", "campaign_name", "nom", "nome"),
            in_list=True,
            sortable=True,
        ),
        Field(
            "kind",
            _("Kind"),
            Choice(
                dict(CampaignKind.choices),
                aliases={"email": "mailing", "trade show": "event", "conference": "event", "telemarketing": "calls"},
            ),
            _("By which means people are reached."),
            steward=_STEWARD,
            aliases=("type", "campaign_type", "tipo"),
            in_list=True,
        ),
        Field(
            "starts_on",
            _("Starts on"),
            Date(),
            _("The first day."),
            steward=_STEWARD,
            aliases=("start_date", "startdate", "date de début", "data de início"),
            in_list=True,
            always_seen=True,
        ),
        Field(
            "ends_on",
            _("Ends on"),
            Date(),
            _("The last day."),
            steward=_STEWARD,
            aliases=("end_date", "enddate", "date de fin", "data de fim"),
            in_list=True,
            always_seen=True,
        ),
        Field(
            "budget",
            _("Budget"),
            Amount(least=Decimal(0)),
            _("What it may cost."),
            steward=_STEWARD,
            aliases=("budgeted_cost", "budgetedcost", "cost", "orçamento"),
        ),
        Field(
            "currency",
            _("Currency"),
            Currency(),
            _("The currency of the budget; our own when empty."),
            steward=_STEWARD,
            aliases=("currencyisocode", "devise", "moeda"),
        ),
        Field(
            "description",
            _("Description"),
            LongText(),
            _("What is done, and for whom."),
            steward=_STEWARD,
            aliases=("notes", "descrição"),
        ),
    ],
)
