"""Meetings, calls and notes about an opportunity."""

from datetime import date, datetime

from demo.business import Opportunity
from demo.chance import Chance
from demo.company import Company
from demo.stories import facts
from demo.touches import Call, Meeting, Note
from demo.wording import phrase
from demo.workdays import on_the_hour

RESULTS = {"reached": "Connected", "voicemail": "Left voicemail", "inbound": "Connected"}
PLACES = ("Video call", "Video call", "At the customer's", "At the customer's", "Telephone conference")


def add_meeting(
    company: Company, opportunity: Opportunity, *, beat: str, day: date, chance: Chance, planned: bool = False
) -> None:
    """A meeting that was held, with notes, or one that is planned, with its preparation."""
    slots = facts(opportunity, on=day, chance=chance)
    language, decider = opportunity.story.language, opportunity.story.decider
    attendees = [opportunity.contact.email]
    if decider and (beat != "first" or chance.happens(0.5)):
        attendees.append(decider.email)
    place = chance.pick(PLACES)
    notes = "planned" if planned else beat
    company.meetings.append(
        Meeting(
            code=f"MTG-{len(company.meetings) + 1:04d}",
            subject=phrase("internal", f"meeting.{beat}.subject", language=language, slots=slots, chance=chance),
            starts_at=on_the_hour(day, chance=chance),
            minutes=chance.pick((30, 45, 60, 60, 90)),
            location=f"{opportunity.organisation.city}, {place.lower()}" if place.startswith("At") else place,
            organiser=opportunity.owner,
            attendees=tuple(attendees),
            notes=phrase("internal", f"meeting.{notes}.notes", language=language, slots=slots, chance=chance),
            status="Planned" if planned else "Held",
            organisation=opportunity.organisation.code,
            opportunity=opportunity.code,
        )
    )


def add_call(company: Company, opportunity: Opportunity, *, beat: str, at: datetime, chance: Chance) -> None:
    """A call: a talk, a voicemail, or one that came in."""
    slots = facts(opportunity, on=at.date(), chance=chance)
    is_talk = beat != "voicemail"
    summary = phrase("internal", f"call.{beat}", language=opportunity.story.language, slots=slots, chance=chance)
    company.calls.append(
        Call(
            code=f"CAL-{len(company.calls) + 1:04d}",
            started_at=at,
            seconds=round(chance.around(540, spread=0.6)) if is_talk else chance.whole(12, 55),
            direction="Inbound" if beat == "inbound" else "Outbound",
            result=RESULTS[beat] if is_talk or chance.happens(0.7) else "No answer",
            user=opportunity.owner,
            person=opportunity.contact,
            summary=summary,
            opportunity=opportunity.code,
        )
    )


def add_note(company: Company, opportunity: Opportunity, *, beat: str, at: datetime, chance: Chance) -> None:
    """A note of the seller."""
    slots = facts(opportunity, on=at.date(), chance=chance)
    company.notes.append(
        Note(
            code=f"NOT-{len(company.notes) + 1:04d}",
            written_at=at,
            author=opportunity.owner,
            text=_note_text(opportunity, beat=beat, slots=slots, chance=chance),
            organisation=opportunity.organisation.code,
            person=opportunity.contact.code,
            opportunity=opportunity.code,
        )
    )


def _note_text(opportunity: Opportunity, *, beat: str, slots: dict[str, str], chance: Chance) -> str:
    """What the note is for, and mostly something more that the seller wants to keep in mind."""
    sections = [f"note.{beat}", "note.more"] if chance.happens(0.75) else [f"note.{beat}"]
    language = opportunity.story.language
    return " ".join(phrase("internal", each, language=language, slots=slots, chance=chance) for each in sections)
