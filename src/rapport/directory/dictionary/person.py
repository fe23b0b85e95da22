"""People in the dictionary."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, PersonalData, describe
from rapport.governance.domains import Choice, Date, Languages, Link, LongText, Text, WebAddress

from ..models import BuyingRole, Person
from .shared import CONTACT, addresses, country, emails, owner, phones, source, team

_WORK = _("Work")


def _without_email(values: Mapping[str, Any]) -> bool:
    return not values.get("emails")


describe(
    Person,
    label=_("Person"),
    plural=_("People"),
    meaning=_("Somebody outside our own company whom we know: a contact at an organisation, past or present."),
    icon="user-round",
    aliases=(
        *("contact", "contacts", "people", "persons", "individual", "personne", "personnes", "pessoa", "pessoas"),
        *("contacto", "contato", "contactos", "contatos"),
    ),
    fields=[
        Field(
            "salutation",
            _("Salutation"),
            Text(30),
            _("How the person is addressed: Ms, Mr, Dr …"),
            PersonalData.PERSONAL,
            aliases=("prefix", "title_of_courtesy", "civilité", "tratamento"),
        ),
        Field(
            "first_name",
            _("First name"),
            Text(100),
            _("The given name."),
            PersonalData.CONTACT,
            aliases=("firstname", "given_name", "forename", "prénom", "nome próprio", "primeiro nome"),
            in_list=True,
        ),
        Field(
            "last_name",
            _("Last name"),
            Text(100),
            _("The family name."),
            PersonalData.CONTACT,
            mandatory=_without_email,
            mandatory_when=_("when there is no e-mail address"),
            aliases=("lastname", "surname", "family_name", "name", "nom", "nom de famille", "apelido", "sobrenome"),
            in_list=True,
            sortable=True,
        ),
        Field(
            "organisation",
            _("Organisation"),
            Link("organisation"),
            _("Where the person mainly works now; earlier and further roles are affiliations."),
            aliases=(
                *("account", "account_name", "company", "company_name", "organization", "associated_company"),
                *("parentcustomerid", "employer", "entreprise", "société", "empresa", "organização"),
            ),
            in_list=True,
            group=_WORK,
        ),
        Field(
            "job_title",
            _("Job title"),
            Text(150),
            _("The position there."),
            PersonalData.CONTACT,
            aliases=("title", "jobtitle", "position", "function", "fonction", "poste", "cargo", "função"),
            in_list=True,
            group=_WORK,
        ),
        Field(
            "department",
            _("Department"),
            Text(100),
            _("The part of the organisation."),
            aliases=("division", "service", "département", "departamento"),
            group=_WORK,
        ),
        Field(
            "organisation_since",
            _("There since"),
            Date(),
            _("The day on which the present role began."),
            aliases=("start_date", "since", "depuis", "desde"),
            group=_WORK,
        ),
        Field(
            "buying_role",
            _("Buying role"),
            Choice(
                dict(BuyingRole.choices),
                aliases={
                    "decision maker": "decider",
                    "economic buyer": "decider",
                    "décideur": "decider",
                    "decisor": "decider",
                    "end user": "user",
                    "executive sponsor": "champion",
                    "budget holder": "buyer",
                    "évaluateur": "influencer",
                    "evaluator": "influencer",
                },
            ),
            _("The part the person usually plays when the organisation buys."),
            aliases=("contact_role", "role", "rôle", "papel"),
            group=_WORK,
        ),
        emails(),
        phones(),
        Field(
            "languages",
            _("Languages"),
            Languages(),
            _("Languages the person speaks, the preferred one first."),
            PersonalData.PERSONAL,
            aliases=("language", "preferred_language", "langue", "langues", "idioma", "idiomas", "língua"),
            group=CONTACT,
        ),
        country(_("The country in which the person works.")),
        addresses(),
        Field(
            "profile",
            _("Online profile"),
            WebAddress(),
            _("The person's page on a professional network."),
            PersonalData.CONTACT,
            aliases=("linkedin", "linkedin_url", "linkedin_bio", "profile_url", "profil", "perfil"),
            group=CONTACT,
        ),
        source(Person),
        owner(),
        team(),
        Field(
            "description",
            _("Description"),
            LongText(),
            _("What else is good to know."),
            PersonalData.PERSONAL,
            aliases=("about", "comments", "notes", "remarks", "commentaires", "descrição", "observações"),
        ),
    ],
)
