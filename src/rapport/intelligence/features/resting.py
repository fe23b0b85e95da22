"""Which own fields the versions at work rest on: known to every process, so that rights ask no database."""

from collections.abc import Mapping

_LEARNED: dict[str, frozenset[str]] = {}


def own_fields_of(prediction: str) -> frozenset[str]:
    """The own fields, such as "lead.own_region", that the numbers of a prediction follow from."""
    return _LEARNED.get(prediction, frozenset())


def set_own_fields_of(found: Mapping[str, frozenset[str]]) -> None:
    """Let these be all, by prediction."""
    _LEARNED.clear()
    _LEARNED.update(found)
