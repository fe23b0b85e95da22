"""Fields that several record types of the directory, and leads, have in common."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from rapport.core.records import Record
from rapport.governance.dictionary import Field, PersonalData
from rapport.governance.domains import (
    Addresses,
    Amount,
    Choice,
    Country,
    Emails,
    Integer,
    Link,
    OpenList,
    Percentage,
    Phones,
)
from rapport.governance.values_in_use import values_in_use

CONTACT = _("Contact")
COMPANY = _("Company")
COMPETITION = _("Competition")
OWNERSHIP = _("Ownership")

INDUSTRIES = (
    gettext_noop("Agriculture"),
    gettext_noop("Automotive"),
    gettext_noop("Chemicals"),
    gettext_noop("Construction"),
    gettext_noop("Consulting"),
    gettext_noop("Education"),
    gettext_noop("Energy"),
    gettext_noop("Financial services"),
    gettext_noop("Food and beverages"),
    gettext_noop("Health care"),
    gettext_noop("Hospitality"),
    gettext_noop("Insurance"),
    gettext_noop("Logistics"),
    gettext_noop("Manufacturing"),
    gettext_noop("Media"),
    gettext_noop("Pharmaceuticals"),
    gettext_noop("Public sector"),
    gettext_noop("Real estate"),
    gettext_noop("Retail"),
    gettext_noop("Software"),
    gettext_noop("Technology"),
    gettext_noop("Telecommunications"),
    gettext_noop("Tourism"),
    gettext_noop("Utilities"),
)
SOURCES = (
    gettext_noop("Advertising"),
    gettext_noop("Cold call"),
    gettext_noop("Event"),
    gettext_noop("Existing customer"),
    gettext_noop("Partner"),
    gettext_noop("Referral"),
    gettext_noop("Social media"),
    gettext_noop("Web form"),
    gettext_noop("Website"),
)


def source(model: type[Record]) -> Field:
    """Where the record comes from."""
    return Field(
        "source",
        _("Source"),
        OpenList(known=values_in_use(model, "source", to_start_with=SOURCES)),
        _("Where we first heard of it."),
        aliases=("lead_source", "leadsource", "original_source", "origin", "channel", "origine", "origem", "fonte"),
    )


def industry(model: type[Record]) -> Field:
    """The trade."""
    return Field(
        "industry",
        _("Industry"),
        OpenList(known=values_in_use(model, "industry", to_start_with=INDUSTRIES)),
        _("The trade the organisation is in."),
        aliases=("sector", "branch", "industrycode", "vertical", "secteur", "secteur d'activité", "setor", "indústria"),
        in_list=True,
        group=COMPANY,
    )


def country(meaning: str | Promise) -> Field:
    """The main country."""
    return Field(
        "country",
        _("Country"),
        Country(),
        meaning,
        aliases=(
            *("office_location", "billing_country", "billingcountry", "mailing_country", "address1_country"),
            *("country/region", "nation", "pays", "país", "pais"),
        ),
        in_list=True,
    )


def emails() -> Field:
    """E-mail addresses."""
    return Field(
        "emails",
        _("E-mail"),
        Emails(),
        _("Addresses to write to, the main one first."),
        PersonalData.CONTACT,
        aliases=(
            *("email", "e-mail", "email_address", "mail", "emailaddress1", "work_email", "email - work"),
            *("courriel", "adresse e-mail", "correio eletrónico", "endereço de e-mail"),
        ),
        in_list=True,
        group=CONTACT,
    )


def phones() -> Field:
    """Phone numbers."""
    return Field(
        "phones",
        _("Phone"),
        Phones(),
        _("Numbers to call, the main one first."),
        PersonalData.CONTACT,
        aliases=(
            *("phone", "telephone", "telephone1", "phone_number", "mobile", "mobile_phone", "mobilephone"),
            *("phone - work", "main phone", "tel", "téléphone", "portable", "telefone", "telemóvel"),
        ),
        in_list=True,
        group=CONTACT,
    )


def addresses() -> Field:
    """Postal addresses."""
    return Field(
        "addresses",
        _("Addresses"),
        Addresses(),
        _("Postal addresses, each with its kind."),
        PersonalData.CONTACT,
        aliases=(
            *("address", "billing_address", "mailing_address", "full address"),
            *("address1_composite", "full/combined address of address", "adresse", "morada", "endereço"),
        ),
        group=CONTACT,
    )


def owner() -> Field:
    """The user responsible."""
    return Field(
        "owner",
        _("Owner"),
        Link("user"),
        _("The colleague responsible."),
        aliases=(
            *("account_owner", "contact_owner", "company_owner", "deal_owner", "opportunity_owner", "lead_owner"),
            *("owner_name", "ownerid", "sales_agent", "sales_rep", "salesperson", "assigned_to", "account_manager"),
            *("propriétaire", "responsable", "commercial", "proprietário", "responsável", "vendedor"),
        ),
        in_list=True,
        group=OWNERSHIP,
    )


def team() -> Field:
    """The team responsible."""
    return Field(
        "team",
        _("Team"),
        Link("team"),
        _("The team responsible; the owner's own when nothing else is said."),
        aliases=("owning_team", "regional_office", "business_unit", "équipe", "equipa", "equipe"),
        group=OWNERSHIP,
    )


def foreseen(name: str, label: str | Promise, meaning: str | Promise) -> Field:
    """A chance that the product works out, in per cent; its reasons stand on the record's page."""
    return Field(name, label, Percentage(places=0), meaning, form=False, editable=False, sortable=True, worked_out=True)


def rank(name: str, label: str | Promise, meaning: str | Promise) -> Field:
    """A place from 0 to 100 among others that the product works out; its reasons stand on the record's page."""
    domain = Integer(most=Decimal(100))
    return Field(name, label, domain, meaning, form=False, editable=False, sortable=True, worked_out=True)


def expected_amount(name: str, label: str | Promise, meaning: str | Promise) -> Field:
    """An amount in our own currency that the product works out; its reasons stand on the record's page."""
    domain = Amount(currency_field="", currency=settings.BASE_CURRENCY)
    return Field(name, label, domain, meaning, form=False, editable=False, sortable=True, worked_out=True)


def told_in_words(name: str, label: str | Promise, meaning: str | Promise, domain: OpenList | Choice) -> Field:
    """A choice that the product works out, in words; its reasons stand on the record's page."""
    return Field(name, label, domain, meaning, form=False, editable=False, sortable=True, worked_out=True)


SEGMENT_WORDS = (
    *(gettext_noop("large"), gettext_noop("small"), gettext_noop("frequent"), gettext_noop("seldom")),
    *(gettext_noop("awake"), gettext_noop("asleep"), gettext_noop("long-standing"), gettext_noop("young")),
    *(gettext_noop("growing"), gettext_noop("shrinking")),
    *(gettext_noop("average"), gettext_noop("another"), gettext_noop("third")),
)
"""The words that segments are named with."""
BETWEEN_WORDS = " · "


@dataclass(frozen=True)
class SegmentName(OpenList):
    """The name of a segment; kept in English, shown in the reader's language."""

    def labels(self) -> dict[str, str]:
        """The segments there are."""
        return {value: self.display(value) for value in self.known()}

    def display(self, value: Any) -> str:
        """Each word translated."""
        return BETWEEN_WORDS.join(gettext(word) for word in str(value or "").split(BETWEEN_WORDS) if word)
