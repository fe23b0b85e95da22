"""Opportunities of a customer; and of one opportunity its stage path, its lines and its way through the stages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext_lazy as _

from rapport.catalog.queries import base_currency
from rapport.governance.dictionary import entry_of
from rapport.pipeline.models import Opportunity, Stage, StageVisit
from rapport.pipeline.models.opportunity import Status
from rapport.web.places import record_address
from rapport.web.records.panels import Panel
from rapport.web.records.reach import reaches
from rapport.web.records.related import RelatedPanel, Row
from rapport.web.ui import formats


class Opportunities(RelatedPanel):
    """The opportunities of an organisation or a person, open ones first."""

    key, title, icon = "opportunities", _("Opportunities"), "target"
    permission = "opportunity.read"
    related_type = "opportunity"
    nothing = _("Nothing is being sold here yet.")

    @property
    def link(self) -> str:  # type: ignore[override]
        """The field of an opportunity that names this record."""
        return str(self.record.record_type)

    def found(self) -> Iterable[Any]:
        """Open ones first, then the newest."""
        closed = Case(When(status=Status.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
        mine = Opportunity.objects.visible_to(self.actor).filter(**{self.link: self.record.pk})
        return mine.annotate(closed=closed).select_related("stage").order_by("closed", "-id")[:8]

    def row(self, record: Opportunity) -> Row:
        """With stage or outcome, amount and expected close."""
        state = record.stage.title if record.is_open and record.stage else record.get_status_display()
        closing = formats.day(record.expected_close) if record.is_open and record.expected_close else ""
        money = formats.money(record.amount, record.currency) if record.amount is not None and record.currency else ""
        more = " · ".join(part for part in (state, closing) if part)
        return Row(record.title, record_address("opportunity", record.pk), aside=money, more=more)

    def prefill(self) -> dict[str, object]:
        """A person's organisation too."""
        organisation = getattr(self.record, "organisation_id", None)
        return {"organisation": organisation} if self.link == "person" and organisation else {}


@dataclass(frozen=True)
class Step:
    """One stage as the path shows it."""

    stage: Stage
    state: str
    missing: tuple[str, ...]


class StagePath(Panel):
    """Where the opportunity stands, and what the next stage still needs to know."""

    key, template = "path", "pipeline/panels/path.html"
    is_wide = True

    def content(self) -> dict[str, Any]:
        """Each stage with its state, and what the next one needs."""
        stages = self.record.pipeline.ordered_stages()
        position = next((at for at, stage in enumerate(stages) if stage.pk == self.record.stage_id), -1)
        steps = [Step(stage, self._state(at, position), self._missing(stage)) for at, stage in enumerate(stages)]
        following = steps[position + 1] if self.record.is_open and position + 1 < len(steps) else None
        may_move = self.actor.may("opportunity.move_to") and reaches(self.record, self.actor)
        return {"steps": steps, "following": following, "may_move": may_move, "days": self.record.days_in_stage}

    def _state(self, at: int, position: int) -> str:
        if at == position:
            return {Status.LOST: "lost", Status.WON: "won"}.get(self.record.status, "current")
        return "done" if at < position else ""

    def _missing(self, stage: Stage) -> tuple[str, ...]:
        fields = entry_of("opportunity").fields
        return tuple(str(fields[name].label) for name in self.record.missing_for(stage) if name in fields)


class Lines(Panel):
    """The products of the opportunity; its amount follows from them."""

    key, title, icon, template = "lines", _("Products"), "list", "pipeline/panels/lines.html"

    def content(self) -> dict[str, Any]:
        """The lines in their order."""
        lines = list(self.record.lines.select_related("product"))
        may_change = self.actor.may("opportunity.change") and reaches(self.record, self.actor)
        currency = self.record.currency or base_currency()
        shown = {"seen": entry_of("opportunityline").readable_by(self.actor), "may_change": may_change}
        return {"lines": lines, "currency": currency, "total": self.record.amount, **shown}

    @property
    def add(self) -> str:
        """The form of the verb that adds a product."""
        may = self.actor.may("opportunity.change") and reaches(self.record, self.actor)
        return f"{record_address('opportunity', self.record.pk)}do/add_line/" if may else ""


class StageHistory(Panel):
    """Which stages it went through, and how long it stayed in each."""

    key, title, icon, template = "stages", _("Way through the stages"), "route", "pipeline/panels/visits.html"

    def content(self) -> dict[str, Any]:
        """The stays so far, the present one first."""
        visits = StageVisit.objects.filter(opportunity=self.record).select_related("stage").order_by("-left_at")[:12]
        stays = [{"stage": visit.stage, "days": (visit.left_at - visit.entered_at).days} for visit in visits]
        return {"stays": stays, "stage": self.record.stage, "days": self.record.days_in_stage}
