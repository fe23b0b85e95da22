"""Stages: where an opportunity stands, since when, and how it moves."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import actor_if_any
from rapport.core.clock import now
from rapport.core.problems import Problem
from rapport.core.snapshots import Values, values_of
from rapport.core.verbs import verb
from rapport.governance.dictionary import entry_of

from ..pipeline import Pipeline
from ..stage import Stage
from .facts import Facts, Status
from .moving import follow_stages
from .needs import StageNeeds
from .placing import place

_BY_OTHER_VERBS = frozenset({"stage", "pipeline", "status", "stage_since"})


class Staged(Facts):
    """Adds pipeline, stage and status, and the verbs that move."""

    pipeline = models.ForeignKey(
        Pipeline, on_delete=models.PROTECT, related_name="opportunities", verbose_name=_("pipeline"), db_index=False
    )
    stage = models.ForeignKey(
        Stage,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opportunities",
        verbose_name=_("stage"),
        db_index=False,
    )
    stage_since = models.DateTimeField(_("in this stage since"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)

    if TYPE_CHECKING:
        pipeline_id: UUID
        stage_id: UUID | None

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        """Whether it is being worked on: neither won, lost nor parked."""
        return self.status == Status.OPEN

    @property
    def days_in_stage(self) -> int | None:
        """Whole days since it entered its stage."""
        return (now() - self.stage_since).days if self.stage_since else None

    @property
    def win_probability(self) -> int:
        """In per cent: certain once closed, else its own, else the usual one of the stage."""
        if self.status in (Status.WON, Status.LOST):
            return 100 if self.status == Status.WON else 0
        if self.probability is not None:
            return self.probability
        return self.stage.probability if self.stage else 0

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """Give new opportunities a place: a pipeline, a stage and the moment they entered it."""
        super().complete_rows(rows)
        place(rows)

    @classmethod
    def follow_changes(cls, stored: Mapping[UUID, Values], changes: Mapping[UUID, Values]) -> None:
        """Another stage ends the stay in the one before and begins a new one, as moving does."""
        super().follow_changes(stored, changes)
        follow_stages(stored, changes)

    def clean(self) -> None:
        """A new opportunity knows what the stage it begins in asks for."""
        super().clean()
        missing = self.missing_for(self.stage) if self._state.adding and self.stage else ()
        if missing:
            message = _("The stage “%(stage)s” needs this.") % {"stage": self.stage}
            raise ValidationError(dict.fromkeys(missing, message))

    def save(self, *args: object, **options: object) -> None:
        """Write the row; a new one is given its place first."""
        if self._state.adding:
            values = values_of(self)
            self.complete_rows([values])
            for name, value in values.items():
                setattr(self, name, value)
        super().save(*args, **options)

    @verb(label=_("Change"), past=_("changed"))
    def change(self, **values: Any) -> None:
        """Change some facts; another stage moves the opportunity there, with all that this asks for."""
        self._apply(values, allowed={"stage"})
        stage = values.get("stage", self.stage)
        if stage is None and self.status != Status.LOST:
            raise ValidationError({"stage": _("Choose the stage in which it stands.")})
        if stage is not None and stage.pk != self.stage_id:
            self._enter(stage)
        self.check_facts()
        self.save()

    @verb(label=_("Move to stage"), past=_("moved"))
    def move_to(self, stage: Stage, **facts: Any) -> None:
        """Enter a stage of any pipeline, in any order; `facts` may supply what the stage needs to know.

        Raises `StageNeeds` naming the fields that are still missing.
        """
        self._apply(facts)
        self._enter(stage)
        self.check_facts()
        self.save()

    @verb(label=_("Advance"), past=_("advanced"))
    def advance(self, **facts: Any) -> None:
        """Enter the next stage of the pipeline; raises `StageNeeds` like `move_to`."""
        stages = self.pipeline.ordered_stages()
        position = next((place for place, stage in enumerate(stages) if stage.pk == self.stage_id), -1)
        if position + 1 >= len(stages):
            raise Problem(_("This is the last stage. Start a new cycle with the customer instead."))
        self.move_to(stages[position + 1], **facts)

    def missing_for(self, stage: Stage) -> tuple[str, ...]:
        """The fields the stage needs to know and that are empty here; nobody is asked for what is hidden from them."""
        actor = actor_if_any()
        hidden = actor.hidden_fields if actor else frozenset()
        known = (name for name in stage.required_fields if name in entry_of("opportunity").fields)
        return tuple(name for name in known if f"opportunity.{name}" not in hidden and not self.has(name))

    def require(self, stage: Stage) -> None:
        """Raise `StageNeeds` unless everything the stage needs is known."""
        missing = self.missing_for(stage)
        if missing:
            raise StageNeeds(stage, missing)

    def _apply(self, facts: Mapping[str, Any], allowed: frozenset[str] | set[str] = frozenset()) -> None:
        guarded = _BY_OTHER_VERBS & set(facts) - set(allowed)
        refused = [name for name in sorted(guarded) if facts[name] != getattr(self, name)]
        if refused:
            message = _("This is not edited by hand: move, win, lose or park the opportunity instead.")
            raise ValidationError(dict.fromkeys(refused, message))
        for name, value in facts.items():
            self._meta.get_field(name)
            if name not in allowed:
                setattr(self, name, value)

    def _enter(self, stage: Stage) -> None:
        """Stand in another stage; its kind decides whether the opportunity is open or won from then on."""
        self.require(stage)
        if stage.pk != self.stage_id:
            self._leave_stage()
            self.pipeline_id, self.stage, self.stage_since = stage.pipeline_id, stage, now()
        self._follow(stage)

    def _follow(self, stage: Stage) -> None:
        raise NotImplementedError

    def _leave_stage(self) -> None:
        from ..stage_visit import StageVisit  # visits refer to opportunities

        if self.stage_id and not self._state.adding:
            since = self.stage_since or datetime.combine(self.opened_on, time(), UTC)
            visit = StageVisit(opportunity_id=self.pk, stage_id=self.stage_id, entered_at=since, left_at=now())
            visit.save()
