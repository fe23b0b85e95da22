"""The page of an opportunity."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.pipeline.models.opportunity import Status
from rapport.web.activities.panels import Files, OpenTasks
from rapport.web.insights.panels import WhatWorks
from rapport.web.records.actions import Action
from rapport.web.records.page import Badge, RecordPage
from rapport.web.ui import formats

from . import stage_forms
from .panels import Lines, StageHistory, StagePath

_TONES = {Status.OPEN: "accent", Status.WON: "good", Status.LOST: "bad", Status.PARKED: "warning"}


def _is_open(opportunity: Any) -> bool:
    return bool(opportunity.is_open)


def _is_closed(opportunity: Any) -> bool:
    return not opportunity.is_open


class OpportunityPage(RecordPage):
    """An opportunity: where it stands, what is known and missing, what was said, what is sold."""

    record_type = "opportunity"
    chips = ("organisation", "person", "amount", "expected_close", "foreseen_close", "owner")
    quick = ("name", "organisation", "person", "product", "amount", "currency", "expected_close", "need", "owner")
    hidden_facts = ("stage", "pipeline", "stage_since", "status", "chance_to_win", "chance_to_slip", "foreseen_close")
    related = ("pipeline", "stage")
    timeline = True
    told_while_new = "risks-ahead"
    panels = (StagePath, Lines, OpenTasks, WhatWorks, StageHistory, Files)

    @property
    def actions(self) -> tuple[Action, ...]:  # type: ignore[override]
        """Winning, losing, parking, coming back; the stage path and the lines have their own."""
        ask_lines = stage_forms.line_fields(price_needed=False)
        change_lines = (stage_forms.line_field(), *stage_forms.line_fields(price_needed=True))
        return (
            Action("win", "trophy", "primary", arguments=(), ask=stage_forms.ask_for_win, applies=_is_open),
            Action("lose", "circle-x", "plain", arguments=_losing(), applies=_is_open),
            Action("reopen", "rotate-ccw", "plain", applies=_is_closed),
            Action("begin_again", "refresh-cw", "primary", applies=lambda one: one.status == Status.WON),
            Action("advance", "arrow-right", arguments=(), ask=stage_forms.ask_for_next, applies=_is_open),
            Action("park", "calendar-clock", applies=_is_open),
            Action("move_to", arguments=_moving(), ask=stage_forms.ask_for_move, in_head=False),
            Action("add_line", arguments=ask_lines, in_head=False, given=lambda _one, _asked: {"quantity": 1}),
            Action(
                "change_line",
                arguments=change_lines,
                hidden=("line",),
                given=stage_forms.line_as_it_is,
                in_head=False,
            ),
            Action("remove_line", arguments=(stage_forms.line_field(),), hidden=("line",), in_head=False),
        )

    def badges(self, record: Any) -> list[Badge]:
        """Open, won, lost or parked, and how likely a person or its stage makes it: no number of a machine."""
        badges = [Badge(record.get_status_display(), _TONES.get(record.status, ""))]
        if record.is_open:
            told = {"percent": formats.hundredths(record.win_probability)}
            by_stage = record.probability is None
            words = _("usual at this stage: %(percent)s") if by_stage else _("own estimate: %(percent)s")
            badges.append(Badge(words % told))
        return badges

    def prefilled(self, given: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        """Our own currency."""
        from rapport.catalog.queries import base_currency

        return {**super().prefilled(given, actor), "currency": base_currency()}


def _losing() -> tuple[Any, ...]:
    return (stage_forms.reason_field("loss_reason", needed=True), stage_forms.competitor_field())


def _moving() -> tuple[Any, ...]:
    return (stage_forms.stage_field(),)
