"""How an opportunity ended, in the dictionary."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from rapport.governance.dictionary import Field
from rapport.governance.domains import Date, OpenList
from rapport.governance.values_in_use import values_in_use

from ..models import Opportunity

_ENDING = _("How it ended")
_WIN_REASONS = (
    gettext_noop("Best fit"),
    gettext_noop("Price"),
    gettext_noop("Relationship"),
    gettext_noop("References"),
    gettext_noop("Speed of delivery"),
    gettext_noop("Service and support"),
)
_LOSS_REASONS = (
    gettext_noop("Price"),
    gettext_noop("Missing features"),
    gettext_noop("Chose a competitor"),
    gettext_noop("No budget"),
    gettext_noop("No decision"),
    gettext_noop("Bad timing"),
    gettext_noop("No answer any more"),
)

ENDINGS = [
    Field(
        "closed_on",
        _("Closed on"),
        Date(),
        _("The day on which it was won or lost."),
        aliases=(
            *("actual_close_date", "actualclosedate", "won_time", "lost_time", "deal - won time", "close_date"),
            *("date de clôture réelle", "data de fecho", "data de encerramento"),
        ),
        form=False,
        sortable=True,
        group=_ENDING,
        always_seen=True,
    ),
    Field(
        "win_reason",
        _("Reason for winning"),
        OpenList(known=values_in_use(Opportunity, "win_reason", to_start_with=_WIN_REASONS), longest=120),
        _("What decided for us."),
        aliases=("closed_won_reason", "won_reason", "raison du gain", "motivo de ganho"),
        form=False,
        group=_ENDING,
    ),
    Field(
        "loss_reason",
        _("Reason for losing"),
        OpenList(known=values_in_use(Opportunity, "loss_reason", to_start_with=_LOSS_REASONS), longest=120),
        _("What decided against us."),
        aliases=(
            "lost_reason",
            "closed_lost_reason",
            "deal - lost reason",
            "raison de la perte",
            "motivo de perda",
        ),
        form=False,
        group=_ENDING,
    ),
    Field(
        "lost_to",
        _("Lost to"),
        OpenList(known=values_in_use(Opportunity, "lost_to"), longest=120),
        _("Who was chosen instead of us."),
        aliases=("winning_competitor", "competitor_won", "perdu contre", "perdido para"),
        form=False,
        group=_ENDING,
    ),
    Field(
        "parked_until",
        _("Parked until"),
        Date(),
        _("The day on which it comes back by itself."),
        aliases=("revisit_date", "follow_up_date", "reporté au", "adiado até"),
        form=False,
        editable=False,
        group=_ENDING,
    ),
]
