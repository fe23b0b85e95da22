"""Layouts and profiles as an import file stores them."""

from dataclasses import asdict
from typing import Any

from rapport.integrations.importing.guessing.notation import DateOrder, Notation
from rapport.integrations.importing.guessing.profiles import Kind, Profile
from rapport.integrations.importing.reading import FileFormat, Layout
from rapport.integrations.models import ImportFile


def layout_of(file: ImportFile) -> Layout:
    """The layout a file is read with."""
    kept: dict[str, Any] = dict(file.layout)
    kept |= {name: tuple(kept.get(name, ())) for name in ("columns", "guesses")}
    return Layout(**kept | {"format": FileFormat(kept["format"])})


def stored_layout(layout: Layout) -> dict[str, Any]:
    """A layout as JSON."""
    return asdict(layout)


def stored_profile(profile: Profile) -> dict[str, Any]:
    """A profile as JSON."""
    return asdict(profile)


def profile_from(stored: dict[str, Any]) -> Profile:
    """A profile back from JSON."""
    rest = {name: value for name, value in stored.items() if name not in {"kind", "notation", "examples"}}
    examples = tuple(stored["examples"])
    return Profile(kind=Kind(stored["kind"]), notation=notation_from(stored["notation"]), examples=examples, **rest)


def notation_from(stored: dict[str, Any]) -> Notation:
    """A notation back from JSON."""
    return Notation(**{**stored, "date_order": DateOrder(stored["date_order"])})
