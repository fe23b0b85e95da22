"""Resolving the links of a chunk of rows; what isn't certain is noted, what can't be known yet waits."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from rapport.integrations.importing.apart import Apart
from rapport.integrations.importing.checking.candidates import Candidate
from rapport.integrations.importing.checking.completing import column_of
from rapport.integrations.importing.checking.findings import Findings
from rapport.integrations.importing.guessing.notation import Notation
from rapport.integrations.importing.known import KnownRecords
from rapport.integrations.importing.linking import Link, LinkResolver, told_apart
from rapport.integrations.importing.planning import Mapped, RowReader
from rapport.integrations.importing.targets import Importable
from rapport.integrations.importing.values import ColumnReader
from rapport.integrations.models import DecisionKind

_SEVERAL = ("person", "user", "organisation")


class LinkFinder:
    """Resolves the links of one file's rows. `deferred` are record types whose rows aren't all staged yet."""

    def __init__(
        self,
        target: Importable,
        reader: RowReader,
        known: KnownRecords,
        *,
        findings: Findings,
        deferred: frozenset[str],
    ) -> None:
        self._target = target
        self._reader = reader
        self._findings = findings
        self._deferred = deferred
        types = {item.link_to for item in reader.links} | ({*_SEVERAL} if reader.several else set())
        self._resolvers = {name: LinkResolver(name, known) for name in types}
        self._others = {
            name: ColumnReader(target.fields[other], Notation(), apart=Apart())
            for name, other in target.kind.also.items()
        }

    def resolve(self, rows: Sequence[Candidate]) -> None:
        """Set the links that are certain; note the others; leave those to rows not staged yet for later."""
        for mapped in self._reader.links:
            asked = [item for item in rows if mapped.field.name in item.draft.links]
            if mapped.link_to in self._deferred:
                for item in asked:
                    item.later[mapped.field.name] = item.draft.links[mapped.field.name]
            elif asked:
                self._resolve_column(mapped, asked)
        for mapped in self._reader.several:
            self._resolve_several(mapped, [item for item in rows if mapped.field.name in item.draft.links])

    def _resolve_column(self, mapped: Mapped, asked: Sequence[Candidate]) -> None:
        name, column = mapped.field.name, column_of(self._target, mapped.field.name)
        found = self._resolvers[mapped.link_to].resolve(item.draft.links[name] for item in asked)
        for item in asked:
            text = item.draft.links[name]
            link = found[text]
            is_apart = self._reader.apart.has(name, text)
            if link.interpreted and is_apart:
                link = told_apart(link)
            if link.record_id:
                item.values[column] = str(link.record_id)
                item.draft.links[name] = link.title or text
            elif not is_apart and self._is_other_field(item, mapped, text):
                continue
            if link.interpreted or not link.record_id:
                self._findings.add_link(item, mapped, text, link)

    def _is_other_field(self, item: Candidate, mapped: Mapped, text: str) -> bool:
        """Whether the text is a value of another field that other systems keep here: “Won” among the stages."""
        reader = self._others.get(mapped.field.name)
        reading = reader.read(text) if reader else None
        if reading is None or reading.value is None or reading.kind not in (None, DecisionKind.SAME):
            return False
        other = self._target.fields[self._target.kind.also[mapped.field.name]]
        item.values[column_of(self._target, other.name)] = reading.value
        meant = f"{other.label}: {other.domain.display(reading.value)}"
        self._findings.add_meaning(item, mapped, text, meant)
        return True

    def _resolve_several(self, mapped: Mapped, asked: Sequence[Candidate]) -> None:
        """A cell with several people or organisations; those we don't have are kept aside."""
        name = mapped.field.name
        texts = {text for item in asked for text in _parts(item.draft.links[name])}
        found = [(kind, self._resolvers[kind].resolve(texts)) for kind in _SEVERAL]
        for item in asked:
            entries, unknown = [], []
            for text in _parts(item.draft.links[name]):
                hit = next(((kind, links[text]) for kind, links in found if links[text].record_id), None)
                if hit is None:
                    unknown.append(text)
                else:
                    entries.append({"type": hit[0], "id": str(hit[1].record_id)})
            if entries:
                item.values[column_of(self._target, name)] = entries
            if unknown:
                link = Link(ambiguous=True, reason=_("No record has this name."))
                self._findings.add_link(item, mapped, "; ".join(unknown), link)


def _parts(text: str) -> Iterable[str]:
    return [part.strip() for part in text.replace(",", ";").split(";") if part.strip()]
