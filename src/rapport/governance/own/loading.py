"""Own fields in the dictionary and on the models of this process, read again whenever they change."""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rapport.core.editions import keep_up, renew
from rapport.core.projections import PROJECTIONS, Projection, WrittenRows
from rapport.core.records import Record
from rapport.core.search import ALSO_FOUND_BY

from ..dictionary import Field, always, entries, set_own_fields
from ..models import OwnField, OwnType
from .columns import OwnColumn, install, own_columns
from .storage import SEVERAL, TEXT
from .types import load_types

OWN_FIELDS = "own fields"
_log = logging.getLogger(__name__)
_loaded: set[UUID] = set()
_IN_WORDS = (TEXT, SEVERAL)


def load_own_fields(edition: str) -> None:
    """Give every record type the own fields that the database has now; none before there ever was one."""
    by_type: dict[str, list[OwnField]] = defaultdict(list)
    types = list(OwnType.objects.order_by("label")) if edition else []
    load_types(types)
    _loaded.clear()
    _loaded.update(own.pk for own in types)
    found = OwnField.objects.filter(removed_at=None).order_by("position", "id")
    for own in found if edition else ():
        by_type[own.for_type].append(own)
        _loaded.add(own.pk)
    for record_type, entry in entries().items():
        if by_type[record_type] or own_columns(entry.model):
            _load(record_type, entry.model, by_type[record_type])


def _load(record_type: str, model: type[Record], fields: Sequence[OwnField]) -> None:
    understood = [own for own in fields if _is_understood(own)]
    install(model, {own.key: column_for(own) for own in understood})
    set_own_fields(record_type, [described(own) for own in understood])


def _is_understood(own: OwnField) -> bool:
    try:
        return bool(own.described_kind.domain(own))
    except (KeyError, TypeError, ValueError):
        _log.exception("The own field %s of %s can't be read; it is left out.", own.key, own.for_type)
        return False


def column_for(own: OwnField) -> OwnColumn:
    """The field of the model."""
    kind = own.described_kind
    return OwnColumn(domain=kind.domain(own), storage=kind.storage, quick=is_ready(own))


def signature_of(own: OwnField) -> str:
    """What the indexes of a field rest on: a change of it asks for new ones."""
    codes = "|".join(choice["code"] for choice in own.choices) if own.kind == "choice" else ""
    return hashlib.sha256(f"1.{own.kind}.{codes}".encode()).hexdigest()[:20]


def is_ready(own: OwnField) -> bool:
    """Whether the indexes of the field are there as it is now."""
    return own.quick and own.index_ready == signature_of(own)


def described(own: OwnField) -> Field:
    """The field of the dictionary."""
    return Field(
        own.key,
        own.label,
        own.described_kind.domain(own),
        own.meaning or _("A field of your own."),
        mandatory=always if own.mandatory else None,
        mandatory_when=_("always") if own.mandatory else "",
        aliases=(own.key.removeprefix("own_"),),
        in_list=own.in_list,
        sortable=own.quick,
        own=True,
    )


def _notice(model: type[Record], rows: WrittenRows, *, new: bool = False) -> None:
    if model in (OwnField, OwnType):
        _change()


def _notice_gone(record_ids: Sequence[UUID]) -> None:
    if not _loaded.isdisjoint(record_ids):
        _change()


def _change() -> None:
    from ..jobs import prepare_indexes  # jobs need the queue's app, which is loaded after the models

    renew(OWN_FIELDS)
    prepare_indexes.defer()


def text_of(model: type[Record], values: Mapping[str, Any]) -> str:
    """What the own fields of a record say in words, for the search."""
    columns = own_columns(model)
    if not columns:
        return ""
    told = [column for column in columns.values() if column.storage in _IN_WORDS and values.get(column.key)]
    return " ".join(column.domain.display(values[column.key]) for column in told)


def register() -> None:
    """Read own fields when they change, in every process; called when Django is ready."""
    keep_up(OWN_FIELDS, load_own_fields)
    ALSO_FOUND_BY.append(text_of)
    PROJECTIONS.append(Projection(_notice, _notice_gone))
