"""Meetings and calls in the dictionary."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, describe
from rapport.governance.domains import Choice, DateTime, Integer, Text

from ..attendees import Attendees
from ..models import Call, CallOutcome, Direction, Meeting, MeetingStatus
from .common import at_field, shared_fields, spellings, subject_field, text_field

DIRECTION_ALIASES = spellings(
    {
        "in": "inbound, received, entrant, reçu, recebido, recebida, entrada",
        "out": "outbound, sent, sortant, envoyé, enviado, enviada, saída",
    }
)
_STATUS_ALIASES = spellings(
    {
        "planned": "scheduled, planifiée, prévue, agendada, marcada",
        "held": "completed, done, tenue, terminée, realizada",
        "cancelled": "canceled, not held, no show, annulée, cancelada",
    }
)
_OUTCOME_ALIASES = spellings(
    {
        "reached": "connected, answered, completed, joint, atendida",
        "voicemail": "left voicemail, left live message, message, messagerie, caixa postal",
        "no_answer": "not answered, sans réponse, sem resposta",
        "busy": "occupé, ocupado",
        "wrong_number": "faux numéro, número errado",
    }
)

describe(
    Meeting,
    label=_("Meeting"),
    plural=_("Meetings"),
    meaning=_("A calendar entry: with whom, when, where, and what came of it."),
    icon="calendar",
    aliases=("meetings", "appointment", "event", "visit", "réunion", "rendez-vous", "reunião", "visita"),
    fields=[
        subject_field(_("Subject"), _("What the meeting is for."), mandatory=True),
        at_field(
            _("Starts"),
            _("When it starts."),
            "starts_at, start, start_time, start_date, start_date_time, meeting_start_time, date, début, início",
        ),
        Field(
            "ends_at",
            _("Ends"),
            DateTime(),
            _("When it ends."),
            aliases=("end", "end_time", "end_date", "end_date_time", "meeting_end_time", "fin", "fim"),
            always_seen=True,
        ),
        Field(
            "status",
            _("Status"),
            Choice(dict(MeetingStatus.choices), _STATUS_ALIASES),
            _("Whether it took place."),
            aliases=("meeting_outcome", "outcome", "state", "statut", "estado"),
            in_list=True,
            always_seen=True,
        ),
        Field(
            "place",
            _("Place"),
            Text(300),
            _("Where it is held: an address, a room or a link."),
            aliases=("location", "meeting_location", "lieu", "local"),
        ),
        Field(
            "attendees",
            _("Attendees"),
            Attendees(),
            _("The people and colleagues who take part."),
            aliases=("participants", "invitees", "participantes"),
        ),
        text_field(
            _("Minutes"),
            _("What was said and agreed."),
            "minutes, description, notes, internal_meeting_notes, compte rendu, ata",
        ),
        *shared_fields(),
    ],
)

describe(
    Call,
    label=_("Call"),
    plural=_("Calls"),
    meaning=_("A telephone or video call with a customer."),
    icon="phone",
    aliases=("calls", "phone_call", "appel", "appels", "chamada", "ligação"),
    fields=[
        subject_field(_("Subject"), _("What the call was about."), "call_title"),
        at_field(
            _("Began"),
            _("When it began."),
            "date, call_date, start_time, timestamp, activity_date, called_at, date de l'appel, data da chamada",
        ),
        Field(
            "direction",
            _("Direction"),
            Choice(dict(Direction.choices), DIRECTION_ALIASES),
            _("Who rang whom."),
            aliases=("call_direction", "call_type", "sens", "direção"),
            in_list=True,
        ),
        Field(
            "seconds",
            _("Seconds"),
            Integer(least=Decimal(0)),
            _("How long it took, in seconds."),
            aliases=("duration", "call_duration", "call_duration_in_seconds", "durée", "duração"),
        ),
        Field(
            "outcome",
            _("Outcome"),
            Choice(dict(CallOutcome.choices), _OUTCOME_ALIASES),
            _("How the call ended."),
            aliases=("call_result", "call_outcome", "disposition", "result", "résultat", "resultado"),
            in_list=True,
        ),
        text_field(
            _("Text"), _("What was said."), "description, notes, call_notes, body, comments, compte rendu, notas"
        ),
        *shared_fields(),
    ],
)
