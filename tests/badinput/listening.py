"""Which parameters a page looks for: learnt by listening, so that no list of names grows old."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict


@contextmanager
def listening() -> Iterator[set[str]]:
    """The names looked for in queries within the block, whether they are there or not."""
    names: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        for method in ("__getitem__", "__contains__", "get", "getlist"):
            patch.setattr(QueryDict, method, _noting(getattr(MultiValueDict, method), names), raising=False)
        patch.setattr(QueryDict, "lists", lambda query: names.update(query) or MultiValueDict.lists(query))
        yield names


def _noting(method: Any, names: set[str]) -> Any:
    def noted(query: QueryDict, name: str, *rest: Any, **options: Any) -> Any:
        names.add(name)
        return method(query, name, *rest, **options)

    return noted
