"""Which record a row becomes or already is: by earlier imports, by its key in this import, by what it is called."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.identifiers import uuid7
from rapport.core.records import Record
from rapport.core.snapshots import decode
from rapport.governance.own.columns import as_stored
from rapport.integrations.importing.checking.candidates import Candidate
from rapport.integrations.importing.known import Known, KnownRecords, existing_rows, keys_of, one_of, present, together
from rapport.integrations.importing.running.rights import unchangeable
from rapport.integrations.importing.targets import Importable
from rapport.integrations.models import Action, ExternalLink, Status


class Matcher:
    """Matches the rows of one file."""

    def __init__(self, subject: Importable, known: KnownRecords, *, system: str, file_id: int, update: bool) -> None:
        self._subject = subject
        self._known = known
        self._system = system
        self._file_id = file_id
        self._update = update
        self._groups = together(subject.kind.identities)

    def by_key(self, candidates: Sequence[Candidate]) -> None:
        """Settle rows that came before: in this import, or unchanged since an earlier one."""
        open_rows = [item for item in candidates if item.is_open]
        links = self._links([item.key for item in open_rows])
        staged = self._known.find(self._subject.record_type, [f"key:{item.key}" for item in open_rows])
        first: dict[str, Candidate] = {}
        for item in open_rows:
            earlier = first.setdefault(item.key, item)
            if earlier is not item:
                _settle_repeated(item, line=earlier.row.line, same=earlier.fingerprint == item.fingerprint)
            elif found := staged.get(f"key:{item.key}"):
                _settle_repeated(item, line=found[0].line or 0, same=found[0].title == item.fingerprint)
            elif link := links.get(item.key):
                self._settle_linked(item, link)

    def by_identity(self, candidates: Sequence[Candidate]) -> None:
        """Find records that are called the same, for rows that have no record yet."""
        searched = {item.position: self._identities(item) for item in candidates if item.is_open and not item.record_id}
        found = self._known.find(self._subject.record_type, {key for keys in searched.values() for key in keys})
        stored = {known.record_id for each in found.values() for known in each if known.file_id is None}
        identified = self._identified(stored)
        taken: dict[str, Candidate] = {}
        for item in candidates:
            for key in searched.get(item.position, ()):
                earlier = taken.setdefault(key, item)
                if earlier is not item and not item.key.startswith("id:"):
                    _repeat(item, earlier.row.line)
                elif key in found:
                    self._settle_called(item, found[key], identified)
                if not item.is_open or item.record_id:
                    break

    def compare(self, candidates: Sequence[Candidate]) -> None:
        """Tell rows to create from rows that change something and rows that change nothing."""
        matched = [item.record_id for item in candidates if item.is_open and item.record_id]
        stored = existing_rows(self._subject.record_type, matched) if matched else {}
        refused = unchangeable(self._subject.model, stored.keys())
        for item in candidates:
            if not item.is_open:
                continue
            row = stored.get(item.record_id) if item.record_id else None
            if row is None:
                item.record_id, item.action = item.record_id or uuid7(), Action.CREATE
            elif item.record_id in refused:
                item.reject(_("You may see this record but not change it. Ask its owner."))
            elif not self._update:
                item.skip(_("The record is there already, and existing records were to be left alone."))
            else:
                item.values = differing(self._subject.model, item.values, row)
                changes = item.values or item.waits or item.later
                item.action = Action.CHANGE if changes else Action.UNCHANGED

    def _links(self, keys: Sequence[str]) -> dict[str, ExternalLink]:
        links = ExternalLink.objects.filter(record_type=self._subject.record_type, system=self._system)
        found = {link.key: link for link in links.filter(key__in=one_of(keys)).select_related("brought_by")}
        leads_to = present((key, link.record_id) for key, link in found.items())
        there = existing_rows(self._subject.record_type, list(leads_to.values())) if found else {}
        for key, link in found.items():
            link.record_id = leads_to[key]
        return {key: link for key, link in found.items() if link.record_id in there}

    def _settle_linked(self, item: Candidate, link: ExternalLink) -> None:
        item.record_id = link.record_id
        undone = link.brought_by is not None and link.brought_by.status in (Status.UNDONE, Status.UNDOING)
        if link.fingerprint == item.fingerprint and not undone:
            item.action = Action.UNCHANGED

    def _identities(self, item: Candidate) -> list[str]:
        """What the row's record could be called in the database, for the ways this type is told apart by."""
        ways = self._subject.kind.identities
        item.called = keys_of(item.values, item.title, together=self._groups, doubtful=item.draft.doubtful)
        return [key for way in ways for key in item.called if key.startswith(f"{way}:")]

    def _settle_called(self, item: Candidate, found: Sequence[Known], identified: set[UUID]) -> None:
        own = item.key.startswith("id:")
        earlier = next((known for known in found if known.file_id is not None), None)
        if earlier and not own:
            _repeat(item, earlier.line or 0)
            return
        stored = {known.record_id for known in found if known.file_id is None}
        free = stored - identified if own else stored
        if len(free) == 1:
            item.record_id = free.pop()
        elif len(free) > 1:
            item.reject(_("Several records have that name. Merge them first or give an identifier."))

    def _identified(self, record_ids: set[UUID]) -> set[UUID]:
        """Those that are already bound to another identifier of the same system: not this row's record, then."""
        if not record_ids:
            return set()
        links = ExternalLink.objects.filter(record_id__in=record_ids, system=self._system, key__startswith="id:")
        return set(links.values_list("record_id", flat=True))


def differing(model: type[Record], values: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """The values that would change a stored row; entries are added to lists, never taken away."""
    typed = decode(model, as_stored(model, values))
    changed: dict[str, Any] = {}
    for column, value in values.items():
        if column not in typed:
            changed[column] = value
        elif isinstance(value, list) and isinstance(row.get(column), list):
            known = [_entry(item) for item in row[column]]
            more = [item for item in value if _entry(item) not in known]
            if more:
                changed[column] = row[column] + more
        elif typed[column] != row.get(column):
            changed[column] = value
    return changed


def _entry(item: object) -> object:
    """What makes an entry of a list the same as another, whatever its kind."""
    if not isinstance(item, dict):
        return item
    return item.get("value") or item.get("id") or {key: value for key, value in item.items() if key != "kind"}


def _settle_repeated(item: Candidate, *, line: int, same: bool) -> None:
    if same:
        item.skip(_("The row is the same as the one in line %(line)s.") % {"line": line})
    else:
        item.reject(
            _("The row has the identifier of the one in line %(line)s but says something else.") % {"line": line}
        )


def _repeat(item: Candidate, line: int) -> None:
    message = _("The row names the same record as line %(line)s. Make them one row or give each an identifier.")
    item.reject(message % {"line": line})
