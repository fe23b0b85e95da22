"""What a source is, and all that are known: one a file in `sources/`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from .situation import Situation
from .suggestion import Label, Suggestion


@dataclass(frozen=True)
class Source:
    """One reason to do something.

    `find` gives its suggestions from a situation, which holds only what the actor may see. `rests_on` are the fields
    without which it can say nothing: where one is hidden, it is not asked. `effect_of` says where its effect comes
    from. `done_by` are what shows that a suggestion was followed: kinds of activities about the record, and verbs done
    to it; `moved_by` the verbs, and with "answer" an incoming mail, that show that it helped.
    """

    name: str
    label: Label
    meaning: Label
    record_type: str
    rests_on: frozenset[str]
    find: Callable[[Situation], Iterator[Suggestion]]
    done_by: tuple[str, ...]
    moved_by: tuple[str, ...]
    only_beside_records: bool = False


@cache
def all_sources() -> Mapping[str, Source]:
    """The sources of the folder, by name."""
    from . import sources

    names = sorted(module.name for module in iter_modules(sources.__path__))
    found = [import_module(f"{sources.__name__}.{name}").SOURCE for name in names]
    return {source.name: source for source in found}
