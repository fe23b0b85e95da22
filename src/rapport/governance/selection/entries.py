"""Searching the lists that are stored as JSON: e-mail addresses, phones, postal addresses."""

from typing import Any

from django.db import models
from django.db.models.expressions import Func, Value

from rapport.core.actors import Actor
from rapport.core.records import RECORD_TYPES
from rapport.core.search_entries import normalise
from rapport.core.search_rights import normalised_title, types_found_by_title


class EntriesContain(Func):
    """Whether any part of any entry, its kind apart, holds a text (or begins with it), whatever the case."""

    output_field = models.BooleanField()
    arity = 2

    def __init__(self, entries: models.F, text: str, *, begins: bool = False) -> None:
        pattern = f"{_literally(text)}%" if begins else f"%{_literally(text)}%"
        super().__init__(entries, Value(pattern, output_field=models.TextField()))

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """One look at each entry; a value that is no list has none."""
        entries, entries_parameters = compiler.compile(self.source_expressions[0])
        text, text_parameters = compiler.compile(self.source_expressions[1])
        statement = (
            f"EXISTS (SELECT 1 FROM jsonb_array_elements("  # noqa: S608 - column and placeholder, both compiled
            f"CASE jsonb_typeof({entries}) WHEN 'array' THEN {entries} ELSE '[]'::jsonb END) AS item(entry),"
            f" jsonb_each_text(item.entry) AS piece(part, content)"
            f" WHERE piece.part <> 'kind' AND piece.content ILIKE {text})"
        )
        return statement, [*entries_parameters, *entries_parameters, *text_parameters]


class NamedIn(Func):
    """Whether a stored list of records (type, id) names one whose title holds a text, as the search knows it."""

    output_field = models.BooleanField()
    arity = 2

    def __init__(self, records: models.F, text: str, actor: Actor) -> None:
        super().__init__(records, Value(f"%{_literally(normalise(text))}%", output_field=models.TextField()))
        self._types = sorted(types_found_by_title(actor, RECORD_TYPES))

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """One look-up for each record named."""
        records, record_parameters = compiler.compile(self.source_expressions[0])
        text, text_parameters = compiler.compile(self.source_expressions[1])
        statement = (
            f"EXISTS (SELECT 1 FROM jsonb_array_elements({records}) AS item(entry)"  # noqa: S608 - compiled parts only
            f" JOIN core_searchentry found ON found.record_id = (item.entry->>'id')::uuid"
            f" WHERE found.text LIKE {text}"
            f" AND (found.record_type <> ALL(%s) OR {normalised_title('found.title')} LIKE {text}))"
        )
        return statement, [*record_parameters, *text_parameters, self._types, *text_parameters]


def _literally(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
