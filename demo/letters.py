"""Mails: who writes to whom, and the thread they belong to."""

from dataclasses import dataclass, field
from datetime import datetime

from demo.chance import Chance
from demo.company import Company
from demo.records import Person, User
from demo.sources import sections
from demo.stories import as_said_by
from demo.touches import Mail
from demo.wording import day_text, fill, phrase

FROM_CUSTOMER = {
    "enquiry",
    "interest",
    "details",
    "question",
    "negotiate",
    "delay",
    "won",
    "lost",
    "ticket",
    "angry",
    "renew_yes",
    "renew_no",
    "leaving",
    "praise",
}

QUOTE_HEADS = {
    "en": "On {day} {sender} wrote:",
    "fr": "Le {day}, {sender} a écrit :",
    "pt": "Em {day}, {sender} escreveu:",
}


@dataclass
class Thread:
    """A conversation by mail between one of us and one of them, growing mail by mail."""

    company: Company
    person: Person
    user: User
    language: str
    chance: Chance
    opportunity: str = ""
    ticket: str = ""
    copies: tuple[str, ...] = ()
    mails: list[Mail] = field(default_factory=list)

    def write(self, beat: str, *, at: datetime, slots: dict[str, str], detail: str = "2") -> Mail:
        """Add a mail of this beat; `detail` names the section of its second paragraph."""
        by_customer = beat in FROM_CUSTOMER
        slots = self._own_slots(slots, by_customer=by_customer)
        addresses = (self.person.email, self.user.email)
        mail = Mail(
            code=f"MSG-{len(self.company.mails) + 1:05d}",
            thread=self.mails[0].thread if self.mails else f"THR-{len(self.company.mails) + 1:05d}",
            sent_at=at,
            sender=addresses[0 if by_customer else 1],
            recipient=addresses[1 if by_customer else 0],
            copies=self.copies if self.chance.happens(0.3) else (),
            subject=self._subject(beat, slots=slots),
            body=self._body(beat, detail=detail, slots=slots),
            language=self.language,
            is_ours=not by_customer,
            organisation=self.person.organisation.code,
            person=self.person.code,
            opportunity=self.opportunity,
            ticket=self.ticket,
        )
        self.mails.append(mail)
        self.company.mails.append(mail)
        return mail

    def _own_slots(self, slots: dict[str, str], *, by_customer: bool) -> dict[str, str]:
        """The slots as this writer would fill them, with greeting, signature and the subject so far."""
        reader = self.user if by_customer else self.person
        return {
            **as_said_by(slots, language=self.language, by_customer=by_customer),
            "last_subject": self.mails[-1].subject.removeprefix("Re: ") if self.mails else "",
            "first": reader.first_name,
            "signature": self._signature(by_customer=by_customer),
        }

    def _subject(self, beat: str, *, slots: dict[str, str]) -> str:
        options = sections(f"mails.{self.language}")[f"{beat}.subject"]
        fitting = [line for line in options if self.mails or not line.startswith("Re: ")]
        return fill(self.chance.pick(fitting), slots=slots, chance=self.chance) if fitting else slots["product"]

    def _body(self, beat: str, *, detail: str, slots: dict[str, str]) -> str:
        names = ["hello", f"{beat}.1", f"{beat}.{detail}", f"{beat}.3"]
        if self.mails and self.chance.happens(0.2):
            names.remove(f"{beat}.3")
        paragraphs = [self._say(name, slots) for name in names]
        return "\n\n".join([*paragraphs, f"{self._say('bye', slots)}\n{slots['signature']}", *self._quotation()])

    def _quotation(self) -> list[str]:
        """Some mail programs repeat what is answered."""
        if not self.mails or not self.chance.happens(0.14):
            return []
        last = self.mails[-1]
        head = QUOTE_HEADS[self.language].format(day=day_text(last.sent_at.date(), self.language), sender=last.sender)
        own_words = last.body.partition("\n> ")[0]
        return ["\n".join([head, *(f"> {line}".rstrip() for line in own_words.splitlines())])]

    def _say(self, section: str, slots: dict[str, str]) -> str:
        return phrase("mails", section, language=self.language, slots=slots, chance=self.chance)

    def _signature(self, *, by_customer: bool) -> str:
        if not by_customer:
            return f"{self.user.name}\n{self.user.title}, Northmere Sensing"
        if self.mails and self.chance.happens(0.55):
            return self.person.first_name
        number = self.person.mobile or self.person.phone
        lines = [self.person.name, self.person.title, self.person.organisation.name, number]
        return "\n".join(line for line in lines if line)
