"""Own record types in this process: each is a proxy of `OwnRecord` with an entry in the dictionary like any other.

A type that was removed keeps its model, so that its history can still be read and undone; it has no entry.
"""

from collections.abc import Callable, Iterable
from functools import cache

from django.utils.translation import gettext_lazy as _

from rapport.core.records import RECORD_TYPES
from rapport.core.search_entries import UNSEARCHED
from rapport.core.verbs import VERBS, register_verbs
from rapport.identity.roles import OWN_RIGHTS

from ..dictionary import Field, always, describe, entries, forget_entry
from ..domains import Link, Text
from ..models import OwnRecord, OwnType

OWN_TYPE_HOOKS: list[Callable[[str], None]] = []
OWN_TYPE_GONE: list[Callable[[str], None]] = []
_MODELS: dict[str, type[OwnRecord]] = {}
_shown: set[str] = set()


def own_types() -> list[str]:
    """The keys of the own types that there are now."""
    return [name for name in _MODELS if name in entries()]


def in_navigation(record_type: str) -> bool:
    """Whether the navigation leads to the list of an own type."""
    return record_type in _shown


def load_types(found: Iterable[OwnType]) -> None:
    """Make these the own types of this process."""
    by_key = {own.key: own for own in found}
    for key in [key for key in _MODELS if key not in by_key]:
        _forget(key)
    for own in by_key.values():
        _make(own)


def _make(own: OwnType) -> None:
    model = _model_of(own.key)
    _MODELS[own.key] = RECORD_TYPES[own.key] = model
    model._meta.verbose_name, model._meta.verbose_name_plural = own.label, own.plural
    register_verbs(model)
    OWN_RIGHTS[own.key] = {role: frozenset(allowed) for role, allowed in (own.rights or {}).items()}
    (_shown.add if own.in_navigation else _shown.discard)(own.key)
    (UNSEARCHED.add if own.is_removed else UNSEARCHED.discard)(own.key)
    if own.is_removed:
        forget_entry(own.key)
        return
    _describe(own, model)
    for hook in OWN_TYPE_HOOKS:
        hook(own.key)


@cache
def _model_of(key: str) -> type[OwnRecord]:
    """The proxy of a key, made once: Django keeps what it has seen."""
    meta = type("Meta", (), {"proxy": True, "app_label": "governance"})
    said = {"__module__": OwnRecord.__module__, "__doc__": "An own record type.", "record_type": key, "Meta": meta}
    return type(f"OwnRecord_{key}", (OwnRecord,), said)


def _describe(own: OwnType, model: type[OwnRecord]) -> None:
    known = entries().get(own.key)
    describe(
        model,
        label=own.label,
        plural=own.plural,
        meaning=own.meaning or _("A kind of record of your own."),
        icon=own.icon,
        fields=[
            Field(
                "name",
                _("Name"),
                Text(200),
                _("What it is called."),
                mandatory=always,
                mandatory_when=_("always"),
                in_list=True,
                sortable=True,
            ),
            Field("owner", _("Owner"), Link("user"), _("Who looks after it."), in_list=True),
            *((field for field in known.fields.values() if field.own) if known else ()),
        ],
    )


def _forget(key: str) -> None:
    """The type is gone altogether, as after the undo of its creation."""
    forget_entry(key)
    RECORD_TYPES.pop(key, None)
    OWN_RIGHTS.pop(key, None)
    for name in [name for name in VERBS if name.startswith(f"{key}.")]:
        del VERBS[name]
    del _MODELS[key]
    for hook in OWN_TYPE_GONE:
        hook(key)
