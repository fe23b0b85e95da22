"""The own-fields benchmark: filters and orders on fields that users added, on a table of a million organisations.

Formulas and roll-ups are filled in too; those of some records are worked out again to see that they are right.
"""

import statistics
import time
from collections import defaultdict
from typing import Any

from django.db import connection, transaction

from benchmarks.copying import copy_many
from rapport.core.actors import SYSTEM
from rapport.core.editions import catch_up
from rapport.directory.models import Organisation
from rapport.governance.models import OwnField
from rapport.governance.own.derived.recomputing import stale
from rapport.governance.own.derived.settling import refresh
from rapport.governance.own.indexes import prepare
from rapport.governance.selection import Condition, Matched, match, order_by, page_of
from rapport.pipeline.models import Opportunity

ROUNDS = 15
_DEALS = """
CREATE TEMPORARY TABLE deals AS
SELECT deal, 1 + floor(random() * {rows})::int AS place, round((random() ^ 2 * 100000)::numeric, 2) AS amount
FROM generate_series(1, {rows}) AS deal
"""
_FACTS = """(
    SELECT number, round((random() ^ 3 * 100000)::numeric, 2) AS seats, count(amount) AS deals,
           coalesce(sum(amount), 0.00) AS business
    FROM generate_series(1, (SELECT count(*) FROM deals)) AS number LEFT JOIN deals ON place = number GROUP BY number
)"""
_ATTRIBUTES = """jsonb_strip_nulls(jsonb_build_object(
    'own_seats', seats::text,
    'own_renewal', to_char(date '2024-01-01' + (random() * 1500)::int, 'YYYY-MM-DD'),
    'own_tier', (array['gold', 'silver', 'bronze', 'none'])[1 + floor(random() ^ 2 * 4)::int],
    'own_reference', CASE WHEN random() < 0.7 THEN 'REF-' || substr(md5(number::text), 1, 10) END,
    'own_audited', random() < 0.02))"""
_DERIVED = """jsonb_build_object(
    'own_yearly', round(seats * 12)::text, 'own_deals', deals::text, 'own_business', business::text)"""
_OPPORTUNITIES = {"rolled_type": "opportunity", "rolled_link": "organisation"}
_FIELDS: tuple[dict[str, Any], ...] = (
    {"label": "Seats", "kind": "number", "places": 2},
    {"label": "Renewal", "kind": "date"},
    {"label": "Tier", "kind": "choice", "choices": ["Gold", "Silver", "Bronze", "None"]},
    {"label": "Reference", "kind": "text"},
    {"label": "Audited", "kind": "boolean"},
    {"label": "Yearly", "kind": "formula", "formula": "round(own_seats * 12)", "result": "number"},
    {"label": "Deals", "kind": "rollup", **_OPPORTUNITIES, "rolled_how": "count"},
    {"label": "Business", "kind": "rollup", **_OPPORTUNITIES, "rolled_how": "sum", "rolled_field": "amount"},
)
_ORGANISATIONS = {
    "id": "md5('organisation' || number)::uuid",
    "name": "'Organisation ' || number",
    "attributes": _ATTRIBUTES,
    "derived": _DERIVED,
}
_DEALS_MADE = {
    "id": "gen_random_uuid()",
    "name": "'Opportunity ' || deal",
    "amount": "deals.amount",
    "organisation_id": "md5('organisation' || place)::uuid",
}
_CHECKED = 2_000
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
    ("own_yearly:least:1188000", "-own_yearly"),
    ("own_yearly:between:6000|6060", "own_renewal"),
    ("own_tier:is:gold", "-own_yearly"),
    ("own_deals:least:6", "-own_deals"),
    ("own_deals:is:2", "own_renewal"),
    ("own_business:least:250000", "-own_business"),
    ("own_business:between:1000|1100", "own_seats"),
    ("own_renewal:after:2025-06-01", "-own_business"),
    ("", "own_tier"),
    ("", "own_business"),
    ("", "-own_yearly"),
    ("", "-own_reference"),
)


def run(rows: int) -> None:
    """Fill, make the indexes, ask and print the table."""
    _fill(rows)
    print(f"Formulas and roll-ups are as the job works them out ({_check():,.0f} organisations a second).")
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
    print(f"Filling the database with {rows:,} organisations and as many opportunities …", flush=True)
    for facts in _FIELDS:
        OwnField.create(for_type="organisation", **facts)
        catch_up()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_DEALS.format(rows=rows))
        copy_many(Organisation.create(name="Template"), _ORGANISATIONS, f"{_FACTS} facts")
        copy_many(Opportunity.create(name="Template"), _DEALS_MADE, "deals")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE directory_organisation, pipeline_opportunity")
    for one in stale():
        OwnField._base_manager.filter(pk=one.own.pk).update(worked_out=one.signature, progress=100)


def _check() -> float:
    """Work out a part of the derived values once more, as the job does: none may change. Returns how many a second."""
    keys = list(Organisation.objects.exclude(name="Template").order_by("pk").values_list("pk", flat=True)[:_CHECKED])
    began = time.perf_counter()
    with transaction.atomic():
        changed = refresh("organisation", {key: {"own_deals", "own_business"} for key in keys}, defaultdict(dict))
    assert changed == 0, f"{changed} records had other derived values than the job works out."
    return len(keys) / (time.perf_counter() - began)


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
