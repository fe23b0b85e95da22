"""Own fields in the dictionary and on the models of this process, read again whenever they change."""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rapport.core.attributes import PURGED
from rapport.core.derived import SETTLERS
from rapport.core.editions import keep_up, renew
from rapport.core.merging.links import ALSO_MOVED
from rapport.core.problems import Problem
from rapport.core.projections import PROJECTIONS, Projection, WrittenRows
from rapport.core.records import Record
from rapport.core.search_keeping import ALSO_FOUND_BY
from rapport.core.telling import TELLING
from rapport.identity.actors import CONSEQUENCES

from ..dictionary import Field, always, entries, set_own_fields
from ..models import OwnField, OwnType
from ..models.own_field import UsedKey
from .columns import OwnColumn, own_columns
from .derived.concealing import conceal_what_follows, told_from
from .derived.force import put_in_force
from .derived.preparing import Derivation, Preparation
from .derived.settling import settle
from .installing import install
from .kinds import ROLL_UP
from .moving import move_own_links
from .storage import LINK, SEVERAL, TEXT
from .types import load_types

OWN_FIELDS = "own fields"
_log = logging.getLogger(__name__)
_loaded: set[UUID] = set()
_IN_WORDS = (TEXT, SEVERAL)


def load_own_fields(edition: str) -> None:
    """Give every record type the own fields that the database has now; none before there ever was one."""
    types = list(OwnType.objects.order_by("label")) if edition else []
    load_types(types)
    found = list(OwnField.objects.filter(removed_at=None).order_by("position", "id")) if edition else []
    _loaded.clear()
    _loaded.update(own.pk for own in (*types, *found))
    preparation = preparation_of(found)
    derivations = list(_understood(preparation))
    by_type: dict[str, list[Loaded]] = defaultdict(list)
    for own in found:
        loaded = _loaded_field(own, preparation)
        if loaded is not None:
            by_type[own.for_type].append(loaded)
    for record_type, entry in entries().items():
        if by_type[record_type] or own_columns(entry.model):
            install(entry.model, {field.name: column for field, column in by_type[record_type]})
            set_own_fields(record_type, [field for field, _column in by_type[record_type]])
    put_in_force(derivations)
    _forget_purged(edition)


def _forget_purged(edition: str) -> None:
    """Whatever the history holds of fields deleted for good stays there; links are kept under `…_id`."""
    PURGED.clear()
    known = UsedKey.objects.exclude(purged="").values_list("for_type", "key", "purged") if edition else []
    for for_type, key, label in known:
        PURGED.setdefault(for_type, {}).update({key: label, f"{key}_id": label})


Loaded = tuple[Field, OwnColumn]


def preparation_of(found: Iterable[OwnField]) -> Preparation:
    """What is needed to understand the derived fields among these."""
    plain, derived = {}, []
    for own in found:
        if own.described_kind.is_derived:
            derived.append(own)
        elif _is_understood(own):
            storage = own.described_kind.storage
            plain[own.for_type, own.key] = (described(own), f"{own.key}_id" if storage is LINK else own.key, storage)
    return Preparation(plain, derived)


def _understood(preparation: Preparation) -> Iterator[Derivation]:
    """Those derived fields that make sense, in the order in which they rest on each other."""
    for key in preparation.derived:
        try:
            preparation.understood(key)
        except Problem as problem:
            _log.warning("The own field %s of %s can't be worked out: %s", key[1], key[0], problem)
    yield from preparation.ready.values()


def _loaded_field(own: OwnField, preparation: Preparation) -> Loaded | None:
    if own.described_kind.is_derived:
        derivation = preparation.ready.get((own.for_type, own.key))
        if derivation is None:
            return None
        return derivation.field, OwnColumn(
            domain=derivation.field.domain, storage=derivation.storage, quick=is_ready(own), worked_out=True
        )
    return (described(own), column_for(own)) if (own.for_type, own.key) in preparation.plain else None


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
    more = f".{own.result}.{own.rolled_how}.{own.rolled_field}" if own.described_kind.is_derived else ""
    return hashlib.sha256(f"1.{own.kind}.{codes}{more}".encode()).hexdigest()[:20]


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
        own_fields_changed()


def _notice_gone(record_ids: Sequence[UUID]) -> None:
    if not _loaded.isdisjoint(record_ids):
        own_fields_changed()


def own_fields_changed(*, money: bool = False) -> None:
    """Own fields, or with `money` what amounts are worth in our currency, must be read again by every process."""
    from ..jobs import (  # jobs need the queue's app, loaded after the models
        prepare_indexes,
        search_own_fields,
        work_out_fields,
    )

    if money and not OwnField._base_manager.filter(kind=ROLL_UP).update(worked_out=""):
        return
    renew(OWN_FIELDS)
    search_own_fields.defer()
    work_out_fields.defer()
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
    SETTLERS.append(settle)
    CONSEQUENCES.append(conceal_what_follows)
    TELLING.append(told_from)
    ALSO_MOVED.append(move_own_links)
    PROJECTIONS.append(Projection(_notice, _notice_gone))
