"""What passed between both sides while an opportunity ran: a script of scenes, thinned by the seller's rhythm."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from demo.business import Opportunity, Outcome
from demo.company import Company
from demo.letters import Thread
from demo.spoken import add_call, add_meeting, add_note
from demo.stories import facts
from demo.workdays import office_hours, weekday


@dataclass(frozen=True)
class Scene:
    """Steps that belong together, each `kind:beat`; `at` is the share of the way from first contact to decision."""

    at: float
    weight: float
    steps: tuple[str, ...]


OPENINGS = {
    True: Scene(0.0, 9, ("mail:outreach", "mail:interest", "mail:reply")),
    False: Scene(0.0, 9, ("mail:enquiry", "mail:reply")),
}
SCENES = (
    Scene(0.04, 1.8, ("call:voicemail",)),
    Scene(0.1, 0.8, ("mail:details",)),
    Scene(0.14, 2.8, ("call:reached", "note:first")),
    Scene(0.26, 2.6, ("meeting:first", "mail:recap")),
    Scene(0.33, 0.6, ("note:people",)),
    Scene(0.38, 0.8, ("mail:question", "mail:answer")),
    Scene(0.42, 1.2, ("call:inbound",)),
    Scene(0.5, 1.9, ("meeting:demo",)),
    Scene(0.53, 0.6, ("note:objection",)),
    Scene(0.58, 2.0, ("mail:proposal",)),
    Scene(0.65, 2.0, ("call:reached",)),
    Scene(0.72, 0.9, ("mail:negotiate", "mail:counter")),
    Scene(0.76, 0.5, ("note:money",)),
    Scene(0.82, 1.2, ("meeting:close",)),
    Scene(0.86, 1.3, ("call:voicemail",)),
    Scene(0.9, 0.9, ("mail:chase", "mail:delay")),
    Scene(0.95, 1.9, ("call:reached",)),
)
SOMETIMES = {"mail:recap", "mail:thanks", "mail:closing", "note:first", "note:won", "note:lost"}
ENDINGS = {
    Outcome.WON: ("mail:won", "mail:thanks"),
    Outcome.LOST: ("mail:lost", "mail:closing"),
    Outcome.PARKED: ("mail:delay",),
    Outcome.OPEN: (),
}


def add_conversations(company: Company) -> None:
    """Play the script of each opportunity."""
    for opportunity in company.opportunities:
        _Conversation(company, opportunity).play()


class _Conversation:
    """One opportunity being played."""

    def __init__(self, company: Company, opportunity: Opportunity) -> None:
        self.company = company
        self.opportunity = opportunity
        self.chance = company.chance.stream(f"conversation {opportunity.code}")
        self.last_day = opportunity.closed_on or company.today - timedelta(days=1)
        self.thread = self._new_thread()

    def play(self) -> None:
        """All scenes up to today or to the decision."""
        for scene in self._chosen():
            day = self._day(scene.at)
            for step in scene.steps:
                if day > self.last_day:
                    return
                self._act(step, day=day)
                day = self._soon_after(day)
        self._end()

    def _chosen(self) -> list[Scene]:
        """The scenes this seller found time for."""
        opportunity = self.opportunity
        reached = [scene for scene in SCENES if scene.at <= opportunity.progress]
        days = max(1, (self.last_day - opportunity.created).days)
        wanted = min(len(reached), max(1, round(days / opportunity.rhythm * 0.36)))
        kept: set[Scene] = set()
        while len(kept) < wanted:
            kept.add(self.chance.weighted(reached, weights=[scene.weight for scene in reached]))
        opening = [OPENINGS[opportunity.source == "Outbound"]] if self.chance.happens(0.3) else []
        return opening + sorted(kept, key=lambda scene: scene.at)

    def _day(self, share: float) -> date:
        opportunity = self.opportunity
        scale = (self.last_day - opportunity.created).days / min(1.0, max(0.05, opportunity.progress))
        if opportunity.closed_on:
            scale = (self.last_day - opportunity.created).days / max(0.05, opportunity.progress) * 0.97
        return weekday(max(opportunity.created, opportunity.created + timedelta(days=round(scale * share))))

    def _soon_after(self, day: date) -> date:
        """When the answer comes: the same day or later, as the seller's rhythm has it."""
        pause = min(6, round(self.chance.around(self.opportunity.rhythm / 6, spread=0.6)))
        return max(day, weekday(day + timedelta(days=pause)))

    def _end(self) -> None:
        steps = ENDINGS[self.opportunity.outcome] if self.chance.happens(0.38) else ()
        if self.opportunity.closed_on is None:
            return
        for place, step in enumerate(steps):
            self._act(step, day=self.last_day, hour=9 + 4 * place)
        if self.opportunity.outcome is not Outcome.PARKED and self.chance.happens(self.opportunity.owner.diligence):
            self._act(f"note:{self.opportunity.outcome.value.lower()}", day=self.last_day, hour=17)

    def _act(self, step: str, *, day: date, hour: int | None = None) -> None:
        kind, beat = step.split(":")
        at = office_hours(day, chance=self.chance)
        at = at.replace(hour=hour) if hour else at
        if step in SOMETIMES and self.chance.happens(0.5):
            return
        if kind == "mail":
            self._mail(beat, at=at)
        elif kind == "call":
            add_call(self.company, self.opportunity, beat=beat, at=at, chance=self.chance)
        elif kind == "meeting":
            add_meeting(self.company, self.opportunity, beat=beat, day=day, chance=self.chance)
        elif self.chance.happens(0.25 + 0.75 * self.opportunity.owner.diligence):
            add_note(self.company, self.opportunity, beat=beat, at=at, chance=self.chance)

    def _mail(self, beat: str, *, at: datetime) -> None:
        if beat in {"proposal", "recap", "chase", "won"} and self.chance.happens(0.55):
            self.thread = self._new_thread()
        if self.thread.mails and at <= self.thread.mails[-1].sent_at:
            at = self.thread.mails[-1].sent_at + timedelta(minutes=self.chance.whole(12, 90))
        slots = facts(self.opportunity, on=at.date(), chance=self.chance)
        detail = self.opportunity.reason if beat == "lost" else "2"
        self.thread.write(beat, at=at, slots=slots, detail=detail)

    def _new_thread(self) -> Thread:
        decider = self.opportunity.story.decider
        return Thread(
            company=self.company,
            person=self.opportunity.contact,
            user=self.opportunity.owner,
            language=self.opportunity.story.language,
            chance=self.chance,
            opportunity=self.opportunity.code,
            copies=(decider.email,) if decider else (),
        )
