"""Mail in the dictionary."""

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, PersonalData, describe
from rapport.governance.domains import Choice, Text

from ..domains import MailAddresses
from ..models import Direction, Mail
from .common import at_field, shared_fields, subject_field, text_field
from .meetings import DIRECTION_ALIASES

describe(
    Mail,
    label=_("Mail"),
    plural=_("Mails"),
    meaning=_("A message written to or by a customer."),
    icon="mail",
    aliases=("mails", "email", "emails", "email_message", "message", "courriel", "courrier électronique", "e-mail"),
    fields=[
        subject_field(_("Subject"), _("The subject line."), "email_subject"),
        at_field(
            _("Date"),
            _("When it was sent."),
            "date, sent, sent_at, message_date, timestamp, received_at, date d'envoi, data de envio",
        ),
        Field(
            "direction",
            _("Direction"),
            Choice(dict(Direction.choices), DIRECTION_ALIASES),
            _("Whether it came in or went out."),
            aliases=("email_direction", "incoming", "sens", "direção"),
            in_list=True,
        ),
        Field(
            "sender",
            _("From"),
            Text(320),
            _("The address it was sent from."),
            PersonalData.CONTACT,
            aliases=("from", "from_address", "email_from", "de", "expéditeur", "remetente"),
            in_list=True,
        ),
        Field(
            "recipients",
            _("To"),
            MailAddresses(),
            _("The addresses it was sent to."),
            PersonalData.CONTACT,
            aliases=("to", "to_address", "email_to", "à", "destinataire", "para", "destinatário"),
            in_list=True,
        ),
        Field(
            "copied",
            _("Copy to"),
            MailAddresses(),
            _("The addresses that got a copy."),
            PersonalData.CONTACT,
            aliases=("cc", "cc_address", "copie", "cópia"),
        ),
        text_field(_("Text"), _("What it says."), "body, text_body, email_body, content, message, corps, corpo"),
        Field(
            "message_id",
            _("Message id"),
            Text(400),
            _("The identifier in the message's header; one message is kept once."),
            PersonalData.PERSONAL,
            aliases=("message-id", "message_identifier", "internet_message_id"),
            form=False,
            editable=False,
        ),
        Field(
            "thread",
            _("Conversation"),
            Text(400),
            _("The same for a message and its answers."),
            PersonalData.PERSONAL,
            aliases=("thread_id", "thread_identifier", "conversation_id"),
            form=False,
            editable=False,
        ),
        *shared_fields(),
    ],
)
