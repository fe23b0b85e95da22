"""What a new installation starts with: the sales cycle of six stages.

Its texts are stored in English and shown in the language of each user (see `Stage.label`).
"""

from typing import Any

from django.utils.translation import gettext_noop as _

from rapport.core.beginnings import beginning

from .models import Pipeline, StageKind

_STAGES: tuple[dict[str, Any], ...] = (
    {
        "code": "S1",
        "name": _("Prospecting"),
        "probability": 10,
        "guidance": _("Find out whether there is a need, and who has it."),
    },
    {
        "code": "S2",
        "name": _("Qualification"),
        "probability": 20,
        "required_fields": ["organisation"],
        "guidance": _("Check need, budget, authority and timing, and whether our offer fits."),
    },
    {
        "code": "S3",
        "name": _("Discovery"),
        "probability": 40,
        "required_fields": ["person", "need"],
        "receives_customers": True,
        "guidance": _("Understand the problem, what it costs them and who decides."),
    },
    {
        "code": "S4",
        "name": _("Proposal"),
        "probability": 60,
        "required_fields": ["amount", "expected_close"],
        "guidance": _("Propose a solution from the catalogue and show what it is worth to them."),
    },
    {
        "code": "S5",
        "name": _("Negotiation and close"),
        "probability": 80,
        "required_fields": ["next_step"],
        "guidance": _("Agree on terms and get the order signed."),
    },
    {
        "code": "S6",
        "name": _("Follow-up"),
        "kind": StageKind.FOLLOW_UP,
        "probability": 100,
        "required_fields": ["amount"],
        "guidance": _("Check that what was promised is delivered, and start the next cycle."),
    },
)


@beginning
def ensure_default_pipeline() -> None:
    """Create the default pipeline unless there is one already."""
    if not Pipeline.objects.exists():
        create_sales_cycle()


def create_sales_cycle() -> Pipeline:
    """The pipeline with the stages S1 to S6; a cycle, since won customers come back in S3."""
    return Pipeline.create_with_stages(name=_("Sales cycle"), stages=_STAGES, is_default=True)
