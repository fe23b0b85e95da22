"""Checking one file: its rows in chunks, each understood, matched and staged in one transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import transaction

from rapport.core.copying import copy_rows
from rapport.integrations.importing.apart import apart_in
from rapport.integrations.importing.checking.candidates import COLUMNS, TABLE, Candidate, candidate, staged
from rapport.integrations.importing.checking.completing import adjust, columns_of, complete
from rapport.integrations.importing.checking.findings import Findings
from rapport.integrations.importing.checking.links import LinkFinder
from rapport.integrations.importing.checking.matching import Matcher
from rapport.integrations.importing.checking.past import Past
from rapport.integrations.importing.checking.verdicts import Verdicts
from rapport.integrations.importing.known import KnownRecords, keys_of, together
from rapport.integrations.importing.layouts import layout_of, notation_from
from rapport.integrations.importing.parts import assembled
from rapport.integrations.importing.planning import RowReader
from rapport.integrations.importing.reading import Row, open_rows
from rapport.integrations.importing.targets import Importable, importable
from rapport.integrations.models import Action, Import, ImportFile

CHUNK = 2_000


@dataclass(frozen=True)
class Surroundings:
    """What the check of a file needs to know of the whole import.

    `deferred` are the record types whose rows aren't all staged yet, so that links to them wait; `linked` those that
    some file links to; `offered` those that may be created from a mere name.
    """

    subject: Import
    known: KnownRecords
    deferred: frozenset[str]
    linked: frozenset[str]
    offered: frozenset[str]


class FileCheck:
    """The check of one file."""

    def __init__(self, file: ImportFile, around: Surroundings) -> None:
        options = around.subject.options
        self._file = file
        self._around = around
        self._target: Importable = importable(file.record_type)
        self._reader = row_reader(file)
        self._findings = Findings(around.subject, file_id=file.pk, offered=around.offered)
        self._matcher = Matcher(
            self._target,
            around.known,
            system=str(options.get("system", "")),
            file_id=file.pk,
            update=options.get("existing", "update") == "update",
        )
        self._links = LinkFinder(
            self._target, self._reader, around.known, findings=self._findings, deferred=around.deferred
        )
        self._verdicts = Verdicts(self._target.record_type)
        self._past = Past(self._target.record_type)

    def run(self, progress: Callable[[int], None]) -> None:
        """Stage all rows; `progress` hears how many are."""
        seed = f"{self._file.record_type}|{sorted(self._file.mapping.items())}"
        rows = enumerate(open_rows(self._file.path, layout_of(self._file)), start=1)
        while chunk := list(islice(rows, CHUNK)):
            candidates = [self._candidate(position, row, seed) for position, row in chunk]
            with transaction.atomic():
                self._understand(candidates)
                copy_rows(TABLE, COLUMNS, staged(self._file.pk, candidates))
                self._around.known.add(self._target.record_type, self._known_keys(candidates))
                self._file.rows_read = chunk[-1][0]
                self._file.save(update_fields=["rows_read"])
            progress(self._file.rows_read)

    def _candidate(self, position: int, row: Row, seed: str) -> Candidate:
        return candidate(position, row, seed=seed, identifier=self._reader.external_id)

    def _understand(self, candidates: list[Candidate]) -> None:
        self._matcher.by_key(candidates)
        waiting = [item for item in candidates if item.is_open]
        for item in waiting:
            item.draft = self._reader.read(item.row.cells, item.row.extra)
            item.values = columns_of(self._target, assembled(item.draft.values))
        self._links.resolve(waiting)
        for item in waiting:
            adjust(self._target, item, self._findings)
        self._matcher.by_identity(waiting)
        self._matcher.compare(waiting)
        for item in waiting:
            complete(self._target, item, self._findings)
            self._verdicts.note(item, self._findings)
        self._past.note(waiting, self._findings)
        self._findings.hand_out(waiting)

    def _known_keys(self, candidates: list[Candidate]) -> Iterator[tuple[str, UUID, str, int, int]]:
        """What the rows can be called from here on; names only where other rows may use them."""
        is_linked_to = self._target.record_type in self._around.linked
        ways = self._target.kind.identities
        identities, groups = tuple(f"{way}:" for way in ways), together(ways)
        for item in candidates:
            if item.record_id is None or item.action in (Action.REJECT, Action.SKIP):
                continue
            where = (self._file.pk, item.row.line)
            yield f"key:{item.key}", item.record_id, item.fingerprint, *where
            if is_linked_to and item.key.startswith("id:"):
                yield item.key, item.record_id, item.title, *where
            if item.action is Action.CREATE:
                called = item.called
                if called is None:
                    called = keys_of(item.values, item.title, together=groups, doubtful=item.draft.doubtful)
                for key in called:
                    if is_linked_to or key.startswith(identities):
                        yield key, item.record_id, item.title, *where


def row_reader(file: ImportFile) -> RowReader:
    """Reads the rows of a file by its mapping."""
    notations = {profile["column"]: notation_from(profile["notation"]) for profile in file.profiles}
    return RowReader(
        importable(file.record_type),
        columns=file.columns,
        mapping=file.mapping,
        notations=notations,
        apart=apart_in(file),
    )
