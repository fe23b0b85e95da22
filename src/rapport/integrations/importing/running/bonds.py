"""The bonds between rows and records: which record each row became, and what of it has no place in the record."""

from collections.abc import Sequence
from typing import Any

import orjson
from django.db import connection

from rapport.core.copying import copy_rows
from rapport.integrations.importing.known import one_of
from rapport.integrations.importing.running.staged import Staged
from rapport.integrations.models import ExternalLink, Import, ImportFile

_COLUMNS = ("system", "record_type", "brought_by_id", "file_id", "key", "record_id", "line", "fingerprint", "extra")


def bind(subject: Import, file: ImportFile, rows: Sequence[Staged]) -> None:
    """Remember what these rows became; rows of earlier imports are bound anew.

    A bond to a record that was merged stays as it is: it leads on, and is right again when the merger is undone.
    """
    if not rows:
        return
    system = str(subject.options.get("system", ""))
    links = ExternalLink.objects.filter(system=system, record_type=file.record_type)
    known = set(links.filter(key__in=one_of([row.key for row in rows])).values_list("key", flat=True))
    common = (system, file.record_type, subject.pk, file.pk)
    copy_rows(ExternalLink._meta.db_table, _COLUMNS, ((*common, *_told(row)) for row in rows if row.key not in known))
    if known:
        _bind_anew(common, [_told(row) for row in rows if row.key in known])


def _told(row: Staged) -> tuple[object, ...]:
    extra = orjson.dumps(row.kept).decode() if row.kept else "{}"
    return row.key, row.record_id, row.line, row.fingerprint, extra


def _bind_anew(common: tuple[Any, ...], rows: Sequence[tuple[object, ...]]) -> None:
    system, record_type, import_id, file_id = common
    with connection.cursor() as cursor:
        cursor.execute(_REBIND, [*map(list, zip(*rows, strict=True)), import_id, file_id, system, record_type])


_REBIND = """
WITH new AS (
    SELECT * FROM unnest(%s::text[], %s::uuid[], %s::int[], %s::text[], %s::jsonb[])
        AS n(key, record_id, line, fingerprint, extra)
)
UPDATE integrations_externallink AS old
SET brought_by_id = %s, file_id = %s, line = new.line, fingerprint = new.fingerprint, extra = new.extra,
    record_id = CASE WHEN EXISTS (SELECT 1 FROM core_merger AS merger WHERE merger.gone_id = old.record_id)
        THEN old.record_id ELSE new.record_id END
FROM new WHERE old.system = %s AND old.record_type = %s AND old.key = new.key
"""
