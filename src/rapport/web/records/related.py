"""The usual panel: a few related records in rows, a link to all of them, a form for another one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.core.records import Record
from rapport.core.verbs import VERBS
from rapport.governance.dictionary import entry_of
from rapport.web.places import creation_address, record_address

from .listed import list_of
from .panels import Panel

SHOWN = 6


@dataclass(frozen=True)
class Row:
    """One related record: its title, what stands at the end of its line, and a line below."""

    title: str
    href: str
    aside: str = ""
    more: str = ""
    is_late: bool = False
    do: str = ""
    do_label: str | Promise = ""


@dataclass(frozen=True)
class Shown:
    """The rows of a panel, and whether there are more."""

    rows: tuple[Row, ...]
    has_more: bool


class RelatedPanel(Panel):
    """Related records of one type, found by `found` and shown by `row`; `link` is their field naming this record."""

    template = "records/related.html"
    related_type: ClassVar[str] = ""
    link: ClassVar[str] = ""
    nothing: ClassVar[str | Promise] = _("None yet.")

    def found(self) -> Iterable[Any]:
        """The related records, the most interesting first."""
        rows: Any = entry_of(self.related_type).model.objects.visible_to(self.actor)
        return islice(rows.filter(**{self.link: self.record.pk}).order_by("-id"), SHOWN + 1)

    def row(self, record: Any) -> Row:
        """How one of them is shown."""
        return Row(record.title, record_address(record.record_type, record.pk))

    def content(self) -> dict[str, Any]:
        """The first few."""
        found: Sequence[Record] = list(islice(self.found(), SHOWN + 1))
        shown = Shown(tuple(self.row(record) for record in found[:SHOWN]), len(found) > SHOWN)
        return {"shown": shown, "nothing": self.nothing}

    @property
    def more(self) -> str:
        """The list of all of them."""
        return filtered_list(self.related_type, self.link, self.record.pk) if self.link else ""

    @property
    def add(self) -> str:
        """The form for another one, with this record filled in."""
        declared = VERBS.get(f"{self.related_type}.create")
        if not self.link or declared is None or not self.actor.may(declared.permission):
            return ""
        here = record_address(self.record.record_type, self.record.pk)
        return creation_address(self.related_type, **{self.link: self.record.pk, "next": here}, **self.prefill())

    def prefill(self) -> dict[str, object]:
        """What else is filled into that form."""
        return {}


def filtered_list(record_type: str, field: str, record_id: UUID) -> str:
    """The list of the records of a type whose link is this record; empty for types without a list."""
    address = list_of(record_type)
    return f"{address}?{urlencode({'f': f'{field}:is:{record_id}'})}" if address else ""
