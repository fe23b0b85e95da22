"""The own-fields benchmark: filters and orders on fields that users added, on a table of a million organisations."""

import statistics
import time
from collections.abc import Sequence

from django.db import connection

from rapport.core.actors import SYSTEM
from rapport.core.editions import catch_up
from rapport.directory.models import Organisation
from rapport.governance.models import OwnField
from rapport.governance.own.indexes import prepare
from rapport.governance.selection import Condition, Matched, match, order_by, page_of

ROUNDS = 15
_FILL = """
INSERT INTO directory_organisation ({columns})
SELECT {values} FROM directory_organisation template, generate_series(1, %s) AS number WHERE template.name = 'Template'
"""
_ATTRIBUTES = """jsonb_strip_nulls(jsonb_build_object(
    'own_seats', round((random() ^ 3 * 100000)::numeric, 2)::text,
    'own_renewal', to_char(date '2024-01-01' + (random() * 1500)::int, 'YYYY-MM-DD'),
    'own_tier', (array['gold', 'silver', 'bronze', 'none'])[1 + floor(random() ^ 2 * 4)::int],
    'own_reference', CASE WHEN random() < 0.7 THEN 'REF-' || substr(md5(number::text), 1, 10) END,
    'own_audited', random() < 0.02))"""
_FIELDS = (
    {"label": "Seats", "kind": "number", "places": 2},
    {"label": "Renewal", "kind": "date"},
    {"label": "Tier", "kind": "choice", "choices": ["Gold", "Silver", "Bronze", "None"]},
    {"label": "Reference", "kind": "text"},
    {"label": "Audited", "kind": "boolean"},
)
_ASKED = (
    ("own_seats:least:99000", "-own_seats"),
    ("own_seats:between:500|505", "own_renewal"),
    ("own_renewal:between:2026-03-01|2026-03-03", "-own_seats"),
    ("own_renewal:after:2025-06-01", "own_renewal"),
    ("own_tier:is:gold", "-own_renewal"),
    ("own_tier:is:bronze", "own_reference"),
    ("own_reference:contains:abc12", "own_seats"),
    ("own_reference:is:REF-00a1b2c3d4", "own_renewal"),
    ("own_audited:yes", "-own_renewal"),
    ("own_reference:empty", "own_seats"),
    ("", "own_tier"),
    ("", "-own_reference"),
)


def run(rows: int) -> None:
    """Fill, make the indexes, ask and print the table."""
    _fill(rows)
    began = time.perf_counter()
    prepare()
    catch_up()
    print(f"Indexes of {len(_FIELDS)} fields made in {time.perf_counter() - began:.0f} s.\n")
    print("| filter | order | median ms | slowest ms |\n|---|---|---|---|")
    for condition, order in _ASKED:
        times = [_asked(condition, order) for _round in range(ROUNDS)]
        shown = condition.replace("|", " to ") or "–"
        print(f"| {shown} | {order} | {statistics.median(times):.1f} | {max(times):.1f} |", flush=True)


def _fill(rows: int) -> None:
    catch_up()
    if OwnField.objects.exists():
        return
    print(f"Filling the database with {rows:,} organisations …", flush=True)
    for facts in _FIELDS:
        OwnField.create(for_type="organisation", **facts)
    catch_up()
    Organisation.create(name="Template")
    with connection.cursor() as cursor:
        cursor.execute(_FILL.format(columns=", ".join(_columns()), values=", ".join(_values())), [rows])
        cursor.execute("VACUUM ANALYZE directory_organisation")


def _columns() -> Sequence[str]:
    return [str(field.column) for field in Organisation._meta.concrete_fields if not field.generated]


def _values() -> Sequence[str]:
    made = {"id": "gen_random_uuid()", "name": "'Organisation ' || number", "attributes": _ATTRIBUTES}
    return [made.get(column, f"template.{column}") for column in _columns()]


def _asked(condition: str, order: str) -> float:
    """The first page and the second, as a list asks for them; milliseconds for the slower one."""
    rows = Organisation.objects.visible_to(SYSTEM)
    if condition:
        matched = match(Condition.read(condition), "organisation", actor=SYSTEM)
        assert isinstance(matched, Matched), condition
        rows = rows.filter(matched.q)
    asked = order_by(order, "organisation", actor=SYSTEM)
    assert asked is not None
    assert asked.is_indexed, order
    began = time.perf_counter()
    first = page_of(rows, asked, size=50)
    middle = time.perf_counter()
    page_of(rows, asked, size=50, after=first.next)
    return max(middle - began, time.perf_counter() - middle) * 1000
