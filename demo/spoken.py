"""Meetings, calls and notes about an opportunity."""

from datetime import date, datetime

from demo.business import Opportunity
from demo.chance import Chance
from demo.company import Company
from demo.stories import facts
from demo.touches import Call, Meeting, Note
from demo.wording import phrase
from demo.workdays import on_the_hour

RESULTS = {"reached": "Connected", "voicemail": "Left voicemail", "no_answer": "No answer", "inbound": "Connected"}
SIGNS_OF_A_VISIT = ("Walked", "Visit", "visit", "Tour", "Volta", "in the room", "Present", "Présents")
SHARE_CANCELLED = 0.04
PLACES = ("Video call", "Video call", "At the customer's", "At the customer's", "Telephone conference")


def add_meeting(
    company: Company, opportunity: Opportunity, *, beat: str, day: date, chance: Chance, planned: bool = False
) -> None:
    """A meeting that was held, with notes, or one that is planned, with its preparation."""
    status = "Planned" if planned else "Cancelled" if chance.happens(SHARE_CANCELLED) else "Held"
    subject, notes = _meeting_texts(opportunity, beat=beat, status=status, day=day, chance=chance)
    company.meetings.append(
        Meeting(
            code=f"MTG-{len(company.meetings) + 1:04d}",
            subject=subject,
            starts_at=on_the_hour(day, chance=chance),
            minutes=chance.pick((30, 45, 60, 60, 90)),
            location=_place(opportunity, text=subject + notes, chance=chance),
            organiser=opportunity.owner,
            attendees=_attendees(opportunity, beat=beat, chance=chance),
            notes=notes,
            status=status,
            organisation=opportunity.organisation.code,
            opportunity=opportunity.code,
        )
    )


def _meeting_texts(opportunity: Opportunity, *, beat: str, status: str, day: date, chance: Chance) -> tuple[str, str]:
    """Subject and notes."""
    slots, language = facts(opportunity, on=day, chance=chance), opportunity.story.language
    kind = beat if status == "Held" else status.lower()
    subject = phrase("internal", f"meeting.{beat}.subject", language=language, slots=slots, chance=chance)
    return subject, phrase("internal", f"meeting.{kind}.notes", language=language, slots=slots, chance=chance)


def _attendees(opportunity: Opportunity, *, beat: str, chance: Chance) -> tuple[str, ...]:
    """The contact, and often the decider, whom a first meeting seldom gets."""
    decider = opportunity.story.decider
    joined = decider and (beat != "first" or chance.happens(0.5))
    return (opportunity.contact.email, decider.email) if decider and joined else (opportunity.contact.email,)


def _place(opportunity: Opportunity, *, text: str, chance: Chance) -> str:
    """At the customer's when the text says that somebody was there."""
    visited = any(sign in text for sign in SIGNS_OF_A_VISIT)
    place = "At the customer's" if visited else chance.pick(PLACES)
    organisation = opportunity.organisation
    return f"{organisation.street}, {organisation.city}" if place.startswith("At") else place


def add_call(company: Company, opportunity: Opportunity, *, beat: str, at: datetime, chance: Chance) -> None:
    """A call: a talk, a voicemail, or one that came in."""
    slots = facts(opportunity, on=at.date(), chance=chance)
    beat = "no_answer" if beat == "voicemail" and chance.happens(0.5) else beat
    is_talk = beat not in {"voicemail", "no_answer"}
    summary = phrase("internal", f"call.{beat}", language=opportunity.story.language, slots=slots, chance=chance)
    company.calls.append(
        Call(
            code=f"CAL-{len(company.calls) + 1:04d}",
            started_at=at,
            seconds=round(chance.around(540, spread=0.6)) if is_talk else chance.whole(12, 55),
            direction="Inbound" if beat == "inbound" else "Outbound",
            result=RESULTS[beat],
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
