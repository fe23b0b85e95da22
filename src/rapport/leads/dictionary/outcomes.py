"""What became of a lead, in the dictionary."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from rapport.governance.dictionary import Field
from rapport.governance.domains import Date, Link, OpenList
from rapport.governance.values_in_use import values_in_use

from ..models import Lead

_OUTCOME = _("Outcome")
_DISCARD_REASONS = (
    gettext_noop("No need"),
    gettext_noop("No budget"),
    gettext_noop("Too small"),
    gettext_noop("Cannot be reached"),
    gettext_noop("Outside our market"),
    gettext_noop("Not serious"),
    gettext_noop("Known already"),
)

OUTCOMES = [
    Field(
        "discard_reason",
        _("Reason for discarding"),
        OpenList(known=values_in_use(Lead, "discard_reason", to_start_with=_DISCARD_REASONS), longest=120),
        _("Why the lead was given up."),
        aliases=("disqualification_reason", "unqualified_reason", "lost_reason", "motif", "motivo"),
        form=False,
        group=_OUTCOME,
    ),
    Field(
        "parked_until",
        _("Parked until"),
        Date(),
        _("The day on which it comes back by itself."),
        aliases=("revisit_date", "follow_up_date"),
        form=False,
        editable=False,
        group=_OUTCOME,
    ),
    Field(
        "converted_on",
        _("Converted on"),
        Date(),
        _("The day on which it became an opportunity."),
        aliases=("converted_date", "converteddate", "date de conversion", "data de conversão"),
        form=False,
        editable=False,
        group=_OUTCOME,
    ),
    *(
        Field(name, label, Link(name), meaning, form=False, editable=False, group=_OUTCOME)
        for name, label, meaning in (
            ("organisation", _("Became organisation"), _("The organisation it became or belongs to.")),
            ("person", _("Became person"), _("The person it became.")),
            ("opportunity", _("Became opportunity"), _("The opportunity it became.")),
        )
    ),
]
