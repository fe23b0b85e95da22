"""The account of an import: every row of every file under exactly one outcome, and everything that was interpreted."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from rapport.core.actors import current_actor
from rapport.core.undo import Conflict, Named, named_for
from rapport.integrations.importing.choices import Choice, chosen
from rapport.integrations.importing.guessing.notation import DateOrder
from rapport.integrations.importing.kinds import Offer, kind_of
from rapport.integrations.importing.running.settle import as_settled
from rapport.integrations.importing.undoing import left_alone
from rapport.integrations.models import Action, Decision, DecisionKind, Import, ImportFile, StagedRow, Status

_ORDERS = {
    DateOrder.DAY_FIRST: gettext_noop("%(file)s: dates in “%(column)s” are read day first; no value shows it."),
    DateOrder.MONTH_FIRST: gettext_noop("%(file)s: dates in “%(column)s” are read month first; no value shows it."),
}
OUTCOMES = {
    Action.CREATE: "created",
    Action.CHANGE: "changed",
    Action.UNCHANGED: "unchanged",
    Action.SKIP: "skipped",
    Action.REJECT: "rejected",
}


@dataclass(frozen=True)
class RowNote:
    """A row that wasn't used: its line, outcome ("rejected" or "skipped"), why, and its cells."""

    line: int
    outcome: str
    reason: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class FileCount:
    """What became of the rows of a file; the last five add up to `rows_read`."""

    file: str
    record_type: str
    rows_read: int
    created: int
    changed: int
    unchanged: int
    skipped: int
    rejected: int
    file_id: int

    @property
    def accounted(self) -> bool:
        """Whether every row has exactly one outcome."""
        return self.rows_read == self.created + self.changed + self.unchanged + self.skipped + self.rejected


@dataclass(frozen=True)
class ValueNote:
    """What was made of a value that wasn't plainly one thing; `decision` is the one that can be told apart, or 0."""

    file: str
    field: str
    value: str
    taken_as: str
    rows: int
    lines: tuple[int, ...]
    reason: str
    decision: int = 0


@dataclass(frozen=True)
class Report:
    """The account of an import. `dry_run` tells that nothing was written yet."""

    status: str
    dry_run: bool
    problem: str
    files: tuple[FileCount, ...]
    interpretations: tuple[ValueNote, ...]
    created_by_offer: tuple[ValueNote, ...]
    kept_aside: tuple[ValueNote, ...]
    columns_kept_aside: tuple[ValueNote, ...]
    assumptions: tuple[str, ...]
    files_left_out: tuple[str, ...]
    left_by_undo: tuple[Conflict, ...]
    doubles: Mapping[str, Any]

    @property
    def accounted(self) -> bool:
        """Whether every row of every file is accounted for."""
        return all(count.accounted for count in self.files)

    def total(self, outcome: str) -> int:
        """Over all files: "rows_read", "created" …"""
        return sum(getattr(count, outcome) for count in self.files)


def report_of(subject: Import) -> Report:
    """The account of an import as it stands: after the check what would be, after the run what is."""
    files = list(subject.files.all())
    decisions = list(Decision.objects.filter(part_of=subject).select_related("file").order_by("file__position", "id"))
    take = bool(subject.options.get("take_suggestions"))
    made = [(item, chosen(item, take_suggestions=take)) for item in decisions if item.kind != DecisionKind.SAME]
    with as_settled(subject):
        counts = _counts([file for file in files if file.record_type])
    return Report(
        status=subject.status,
        dry_run=subject.started_at is None,
        problem=subject.problem,
        files=counts,
        interpretations=tuple(_interpretations(decisions, made)),
        created_by_offer=tuple(_offers([item for item, choice in made if choice is Choice.CREATE])),
        kept_aside=tuple(_note(item, "") for item, choice in made if choice is Choice.EMPTY),
        columns_kept_aside=tuple(note for file in files for note in _columns_aside(file)),
        assumptions=tuple(text for file in files for text in _assumptions(file)),
        files_left_out=tuple(file.name for file in files if not file.record_type),
        left_by_undo=_left(subject),
        doubles=subject.doubles,
    )


def row_notes(file: ImportFile, *, offset: int = 0, limit: int | None = 100) -> Iterator[RowNote]:
    """The rows of a file that weren't used, or wouldn't be, in their order."""
    rows = StagedRow.objects.filter(file=file, action__in=(Action.REJECT, Action.SKIP)).order_by("position")
    part = rows[offset:] if limit is None else rows[offset : offset + limit]
    with as_settled(file.part_of):
        for line, action, reason, cells in part.values_list("line", "action", "reason", "cells").iterator():
            yield RowNote(line, OUTCOMES[Action(action)], reason, tuple(cells or ()))


def as_json(subject: Import) -> dict[str, Any]:
    """The report for machines, with each row that wasn't used."""
    report = report_of(subject)
    by_id = {file.pk: file for file in subject.files.all()}
    content = asdict(report)
    content["files"] = [_file_json(count, by_id[count.file_id]) for count in report.files]
    content["accounted_for"] = report.accounted
    content["import"] = str(subject.pk)
    content["left_by_undo"] = [_left_json(named) for named in named_for(current_actor(), report.left_by_undo)]
    return content


def _left_json(named: Named) -> dict[str, str]:
    one = named.conflict
    record = {"record_type": one.record_type, "record_id": str(one.record_id), "title": named.title}
    return {**record, "field": one.field, "reason": one.said}


def _file_json(count: FileCount, file: ImportFile) -> dict[str, Any]:
    content = {name: value for name, value in asdict(count).items() if name != "file_id"}
    notes: dict[str, list[dict[str, Any]]] = {"rejected": [], "skipped": []}
    for note in row_notes(file, limit=None):
        notes[note.outcome].append({"line": note.line, "reason": note.reason})
    return {**content, "rejected_rows": notes["rejected"], "skipped_rows": notes["skipped"]}


def _counts(files: Sequence[ImportFile]) -> tuple[FileCount, ...]:
    found = {file.pk: file.counts or {} for file in files}
    staged = StagedRow.objects.filter(file__in=[file for file in files if not file.counts])
    rows = staged.values_list("file_id", "action").annotate(number=Count("id")).order_by()
    for file_id, action, number in rows:
        found[file_id] = {**found[file_id], action: number}
    return tuple(_count(file, {action: found[file.pk].get(action.value, 0) for action in OUTCOMES}) for file in files)


def _count(file: ImportFile, found: Mapping[Action, int]) -> FileCount:
    outcomes = {OUTCOMES[action]: count for action, count in found.items()}
    return FileCount(file.name, file.record_type, file.rows_read, file_id=file.pk, **outcomes)


def _interpretations(decisions: Sequence[Decision], made: Sequence[tuple[Decision, Choice]]) -> Iterator[ValueNote]:
    for item in decisions:
        if item.kind == DecisionKind.SAME:
            yield _note(item, item.suggestion)
    for item, choice in made:
        if choice is Choice.SUGGESTED:
            yield _note(item, item.suggestion)


def _offers(created: Sequence[Decision]) -> Iterator[ValueNote]:
    """What is created on offer, with what was assumed for it."""
    among = Counter(item.link_to for item in created)
    places: Counter[str] = Counter()
    for item in sorted(created, key=lambda item: item.pk):
        places[item.link_to] += 1
        offer = Offer(item.value, places[item.link_to], among[item.link_to])
        assumed = kind_of(item.link_to).tell_offer(offer) if item.link_to else ""
        yield _note(item, item.value, reason=f"{item.reason} {assumed}".strip())


def _note(item: Decision, taken_as: str, *, reason: str = "") -> ValueNote:
    told = reason or item.reason
    number = item.pk if item.kind == DecisionKind.SAME and item.value else 0
    return ValueNote(item.file.name, item.field, item.value, taken_as, item.rows, tuple(item.lines), told, number)


def _columns_aside(file: ImportFile) -> Iterator[ValueNote]:
    """Columns without a field: their cells are kept with the record, by heading."""
    for profile in file.profiles:
        if file.record_type and profile["column"] not in file.mapping and profile["distinct"]:
            reason = _("The column has no field; its cells are kept with the records.")
            yield ValueNote(file.name, profile["column"], "", "", 0, (), reason)


def _assumptions(file: ImportFile) -> Iterator[str]:
    """What was assumed about how a file is written."""
    for sentence in file.layout.get("guesses", ()):
        yield _(sentence) % {"file": file.name, "encoding": file.layout.get("encoding", "")}
    for profile in file.profiles:
        written, name = profile["notation"], profile["column"]
        if name not in file.mapping:
            continue
        if not written["order_seen"]:
            yield _(_ORDERS[DateOrder(written["date_order"])]) % {"file": file.name, "column": name}
        if not written["decimal_seen"]:
            told = {"file": file.name, "column": name, "mark": written["decimal_mark"]}
            yield _("%(file)s: “%(mark)s” in “%(column)s” is read as decimal mark; no value shows it.") % told


def _left(subject: Import) -> tuple[Conflict, ...]:
    return left_alone(subject) if subject.status in (Status.UNDONE, Status.UNDOING) else ()
