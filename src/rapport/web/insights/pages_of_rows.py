"""One page of the records behind a figure, with the addresses of those before and after it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

SIZE = 50


@dataclass(frozen=True)
class PageOfRows:
    """Some of the rows; addresses are empty where there is no such page."""

    rows: list[Any]
    first: int
    count: int
    previous: str
    next: str

    @property
    def last(self) -> int:
        """The place of the last one shown."""
        return self.first + len(self.rows) - 1


def page_of_rows(request: HttpRequest, rows: "QuerySet[Any]") -> PageOfRows:
    """The page that `?page=` asks for, else the nearest there is."""
    page = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    return PageOfRows(
        list(page),
        page.start_index(),
        page.paginator.count,
        _address(request, page.number - 1) if page.has_previous() else "",
        _address(request, page.number + 1) if page.has_next() else "",
    )


def _address(request: HttpRequest, number: int) -> str:
    return f"?{urlencode({**request.GET.dict(), 'page': number})}"
