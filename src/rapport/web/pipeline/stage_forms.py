"""What the verbs of an opportunity ask for: its reasons, and what the stage to come must know."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, always, entry_of
from rapport.governance.domains import DecimalNumber, Link, Percentage, Text
from rapport.pipeline.models import Opportunity, Stage
from rapport.pipeline.models.stage import StageKind


def missing_for(record: Opportunity, stage: Stage | None) -> tuple[Field, ...]:
    """The fields that a stage needs and that are not known yet."""
    if stage is None:
        return ()
    described = entry_of("opportunity").fields
    return tuple(replace(described[name], mandatory=always, group="") for name in record.missing_for(stage))


def ask_for_move(record: Opportunity, answers: Mapping[str, Any]) -> tuple[Field, ...]:
    """What the chosen stage needs."""
    return missing_for(record, chosen_stage(answers))


def ask_for_next(record: Opportunity, _answers: Mapping[str, Any]) -> tuple[Field, ...]:
    """What the next stage needs."""
    return missing_for(record, next_stage(record))


def ask_for_win(record: Opportunity, _answers: Mapping[str, Any]) -> tuple[Field, ...]:
    """The reason, and what following up needs to know."""
    follow_up = record.pipeline.stages.filter(kind=StageKind.FOLLOW_UP).first()
    return (reason_field("win_reason"), *missing_for(record, follow_up))


def chosen_stage(answers: Mapping[str, Any]) -> Stage | None:
    """The stage that is asked for, if it is one."""
    try:
        return Stage.objects.filter(pk=UUID(str(answers.get("stage") or ""))).first()
    except ValueError:
        return None


def next_stage(record: Opportunity) -> Stage | None:
    """The stage after the present one."""
    stages = record.pipeline.ordered_stages()
    position = next((place for place, stage in enumerate(stages) if stage.pk == record.stage_id), -1)
    return stages[position + 1] if position + 1 < len(stages) else None


def reason_field(name: str, *, record_type: str = "opportunity", needed: bool = False) -> Field:
    """A field of reasons, asked as the argument "reason"."""
    field = entry_of(record_type).fields[name]
    return replace(field, name="reason", mandatory=always if needed else None, group="")


def stage_field() -> Field:
    """The stage to move to."""
    return replace(entry_of("opportunity").fields["stage"], mandatory=always, group="")


def competitor_field() -> Field:
    """From whom they bought instead."""
    return replace(entry_of("opportunity").fields["lost_to"], name="competitor", mandatory=None, group="")


def line_field() -> Field:
    """The line that is meant."""
    return Field("line", _("Line"), Link("opportunityline"), _("The product line."), mandatory=always)


def line_fields(*, price_needed: bool) -> tuple[Field, ...]:
    """Product, quantity, price, discount and a remark."""
    return (
        Field("product", _("Product"), Link("product"), _("What would be sold."), mandatory=always),
        Field("quantity", _("Quantity"), DecimalNumber(places=3), _("How many units."), mandatory=always),
        Field(
            "unit_price",
            _("Unit price"),
            DecimalNumber(),
            _("What one unit costs; empty: its list price."),
            mandatory=always if price_needed else None,
        ),
        Field("discount", _("Discount in %"), Percentage(), _("How much is taken off, in per cent.")),
        Field("description", _("Description"), Text(200), _("What is special about it here.")),
    )


def line_as_it_is(record: Opportunity, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values of the line that is to be changed."""
    try:
        line = record.lines.filter(pk=UUID(str(answers.get("line") or ""))).first()
    except ValueError:
        line = None
    if line is None:
        return {}
    columns = {"product": line.product_id or "", "description": line.description}
    numbers = {name: f"{getattr(line, name).normalize():f}" for name in ("quantity", "unit_price", "discount")}
    return {**columns, **numbers}
