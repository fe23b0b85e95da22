"""What a check finds out about values: entered in the book chunk by chunk; rows wait for the decisions."""

from collections.abc import Iterable

from rapport.integrations.importing.checking.book import Book, Entry
from rapport.integrations.importing.checking.candidates import Candidate
from rapport.integrations.importing.linking import Link
from rapport.integrations.importing.planning import Mapped
from rapport.integrations.importing.values import Reading
from rapport.integrations.models import Action, DecisionKind, Import

Address = tuple[str, str]
_WRITTEN = (Action.CREATE, Action.CHANGE)


class Findings:
    """The findings of one file."""

    def __init__(self, subject: Import, *, file_id: int, offered: frozenset[str]) -> None:
        self._book = Book(subject)
        self._file_id = file_id
        self._offered = offered
        self._links: list[tuple[Candidate, Mapped, str, Link]] = []
        self._waiting: list[tuple[Candidate, str, str, Address]] = []
        self._concluded: list[tuple[Candidate, Entry]] = []

    def add_link(self, item: Candidate, mapped: Mapped, text: str, link: Link) -> None:
        """A link that is an interpretation, or points at nothing."""
        self._links.append((item, mapped, text, link))

    def add_meaning(self, item: Candidate, mapped: Mapped, text: str, meant: str) -> None:
        """A value that belongs to another field than its column says."""
        self._concluded.append((item, Entry(self._file_id, mapped.field.name, DecisionKind.SAME, text, "", meant)))

    def add_conclusion(self, item: Candidate, field: str, sentence: str) -> None:
        """Something that follows from the other values of the row."""
        self._concluded.append((item, Entry(self._file_id, field, DecisionKind.SAME, "", sentence)))

    def hand_out(self, candidates: Iterable[Candidate]) -> None:
        """Enter all that was found about rows that will be written; they then wait for their decisions."""
        for item, mapped, text, link in self._links:
            self._note_link(item, mapped, text, link)
        for item, entry in self._concluded:
            if item.action in _WRITTEN:
                self._book.note(entry, line=item.row.line)
        for item in candidates:
            self._note_values(item)
        self._book.write()
        for item, field, text, address in self._waiting:
            item.waits[field] = (self._book.number(address), text)
            if item.action is Action.UNCHANGED:
                item.action = Action.CHANGE
        self._links, self._waiting, self._concluded = [], [], []

    def _note_link(self, item: Candidate, mapped: Mapped, text: str, link: Link) -> None:
        if item.action not in _WRITTEN:
            return
        entry = link_entry(self._file_id, mapped, text, link, offered=self._offered)
        address = self._book.note(entry, line=item.row.line)
        if not link.record_id:
            self._waiting.append((item, mapped.field.name, text, address))

    def _note_values(self, item: Candidate) -> None:
        if item.action not in (*_WRITTEN, Action.UNCHANGED):
            return
        for mapped, text, reading in item.draft.findings:
            address = self._book.note(_value_entry(self._file_id, mapped, text, reading), line=item.row.line)
            if reading.kind is not DecisionKind.SAME:
                self._waiting.append((item, mapped.field.name, text, address))


def link_entry(file_id: int, mapped: Mapped, text: str, link: Link, *, offered: frozenset[str]) -> Entry:
    """The entry for the name of a record."""
    return Entry(
        file_id=file_id,
        field=mapped.field.name,
        kind=_kind_of_link(mapped, link),
        value=text if mapped.link_to else "",
        reason=link.reason,
        suggestion=link.title,
        takes=str(link.record_id or link.first_id or ""),
        link_to=mapped.link_to,
        can_create=mapped.link_to in offered and not link.ambiguous,
        mandatory=mapped.field.mandatory is not None,
    )


def _kind_of_link(mapped: Mapped, link: Link) -> DecisionKind:
    if link.record_id:
        return DecisionKind.SAME
    return DecisionKind.LINK if mapped.link_to else DecisionKind.BAD


def _value_entry(file_id: int, mapped: Mapped, text: str, reading: Reading) -> Entry:
    kind = reading.kind or DecisionKind.SAME
    return Entry(
        file_id=file_id,
        field=mapped.field.name,
        kind=kind,
        value="" if kind is DecisionKind.BAD else text,
        reason=reading.reason,
        suggestion=reading.suggestion,
        takes=reading.takes,
        similarity=reading.similarity,
        mandatory=mapped.field.mandatory is not None,
    )
