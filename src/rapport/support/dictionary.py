"""Tickets in the dictionary."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from rapport.activities.dictionary.common import spellings, words
from rapport.activities.dictionary.tasks import PRIORITY_ALIASES
from rapport.activities.models import Priority
from rapport.governance.dictionary import Field, PersonalData, always, describe
from rapport.governance.domains import Choice, DateTime, Integer, Link, LongText, Text

from .models import Channel, Ticket, TicketStatus

_STEWARD = _("Customer support")
_STATUS_ALIASES = spellings(
    {
        "new": "nouveau, novo",
        "open": "in progress, working, escalated, on-hold, hold, ouvert, en cours, aberto, em andamento, em curso",
        "pending": "waiting for customer, waiting on contact, waiting on customer, en attente, aguardando, pendente",
        "solved": "resolved, résolu, resolvido",
        "closed": "done, fermé, clos, fechado, encerrado",
    }
)
_CHANNEL_ALIASES = spellings(
    {
        "mail": "email, e-mail, courriel",
        "phone": "telephone, call, voice, téléphone, telefone",
        "web": "web form, form, portal, website, formulaire, formulário, api",
        "chat": "messaging, live chat, whatsapp",
        "other": "social, twitter, facebook, sms, autre, outro",
    }
)

describe(
    Ticket,
    label=_("Ticket"),
    plural=_("Tickets"),
    meaning=_("What a customer asked or complained about, and how it was solved."),
    icon="life-buoy",
    aliases=words(
        "tickets, case, cases, support request, incident, demande, réclamation, chamado, ocorrência, reclamação"
    ),
    fields=[
        Field(
            "number",
            _("Number"),
            Text(60),
            _("The number of the ticket; without one it gets the next."),
            steward=_STEWARD,
            aliases=words("ticket_number, ticket_id, ticket, case_number, numéro, número, n°"),
            in_list=True,
            sortable=True,
        ),
        Field(
            "subject",
            _("Subject"),
            Text(300),
            _("What it is about, in a few words."),
            PersonalData.PERSONAL,
            _STEWARD,
            always,
            _("always"),
            aliases=words("ticket_name, title, summary, objet, sujet, assunto"),
            in_list=True,
        ),
        Field(
            "organisation",
            _("Organisation"),
            Link("organisation"),
            _("The customer."),
            steward=_STEWARD,
            aliases=words(
                "account, account_name, requester_organization, company, customer, client, cliente, société, empresa"
            ),
            in_list=True,
        ),
        Field(
            "person",
            _("Person"),
            Link("person"),
            _("Who asked."),
            PersonalData.CONTACT,
            _STEWARD,
            aliases=words(
                "requester, requester_email, contact, contact_name, contact_email, demandeur, solicitante, contacto"
            ),
            in_list=True,
        ),
        Field(
            "status",
            _("Status"),
            Choice(dict(TicketStatus.choices), _STATUS_ALIASES),
            _("Whose turn it is."),
            steward=_STEWARD,
            aliases=words("ticket_status, case_status, state, statut, estado, situação"),
            in_list=True,
            always_seen=True,
        ),
        Field(
            "priority",
            _("Priority"),
            Choice(dict(Priority.choices), PRIORITY_ALIASES),
            _("How much it matters."),
            steward=_STEWARD,
            aliases=words("severity, urgency, priorité, prioridade"),
            in_list=True,
        ),
        Field(
            "category",
            _("Category"),
            Text(80),
            _("What sort of matter it is."),
            steward=_STEWARD,
            aliases=words("type, ticket_type, case_reason, group, catégorie, categoria, tipo"),
        ),
        Field(
            "product",
            _("Product"),
            Link("product"),
            _("The product it is about."),
            steward=_STEWARD,
            aliases=words("product_name, product_code, sku, produit, produto"),
        ),
        Field(
            "channel",
            _("Channel"),
            Choice(dict(Channel.choices), _CHANNEL_ALIASES),
            _("How it reached us."),
            steward=_STEWARD,
            aliases=words("via, case_origin, origin, source, canal, origine, origem"),
        ),
        Field(
            "opened_at",
            _("Opened"),
            DateTime(),
            _("When the customer asked."),
            steward=_STEWARD,
            aliases=words(
                "created_at, create_date, created, date_time_opened, opened, requested_at, ouvert le, aberto em"
            ),
            in_list=True,
            sortable=True,
        ),
        Field(
            "first_answer_at",
            _("First answer"),
            DateTime(),
            _("When the customer was first answered."),
            steward=_STEWARD,
            aliases=words("first_response_at, first_replied_at, première réponse, primeira resposta"),
            form=False,
        ),
        Field(
            "solved_at",
            _("Solved"),
            DateTime(),
            _("When the customer had what they asked for."),
            steward=_STEWARD,
            aliases=words("resolved_at, closed_at, date_time_closed, solved, résolu le, resolvido em, fechado em"),
            in_list=True,
            form=False,
        ),
        Field(
            "satisfaction",
            _("Satisfaction"),
            Integer(least=Decimal(1), most=Decimal(5)),
            _("How satisfied the customer said to be, from 1 to 5."),
            steward=_STEWARD,
            aliases=words("satisfaction_score, csat, satisfaction_rating, note de satisfaction, satisfação, avaliação"),
        ),
        Field(
            "description",
            _("Description"),
            LongText(),
            _("What the customer wrote or said."),
            PersonalData.PERSONAL,
            _STEWARD,
            aliases=words("content, body, comment, ticket_description, message, texte, descrição"),
        ),
        Field(
            "resolution",
            _("Resolution"),
            LongText(),
            _("How it was solved."),
            PersonalData.PERSONAL,
            _STEWARD,
            aliases=words("solution, fix, résolution, solução, resolução"),
        ),
        Field(
            "owner",
            _("Owner"),
            Link("user"),
            _("The colleague who works on it."),
            steward=_STEWARD,
            aliases=words("assignee, assigned_to, agent, case_owner, ticket_owner, responsable, responsável"),
            in_list=True,
        ),
        Field("team", _("Team"), Link("team"), _("The team of the owner."), steward=_STEWARD, form=False),
    ],
)
