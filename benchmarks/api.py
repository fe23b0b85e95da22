"""The API benchmark: what programs ask most, as a seller's token may, on a filled database."""

import json
import os
import sys

from benchmarks.measuring import Load, Request, Target
from benchmarks.pages import PORT, prepare, serving
from benchmarks.sizes import Size
from rapport.core.actors import acting_as
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.identity.models import ApiToken, User

_ROWS = 100
_UNHURRIED = "10000000"


def requests_of(organisation: object) -> dict[str, Request]:
    """The rows of the table."""
    many = json.dumps({"rows": [{"name": f"Bulk {{number}}-{row}", "country": "PT"} for row in range(_ROWS)]})
    return {
        "List of 50": Request("/api/v1/organisations?limit=50"),
        "List of 50, filtered": Request("/api/v1/organisations?limit=50&filter=country:is:PT&sort=title"),
        "One record": Request(f"/api/v1/organisations/{organisation}"),
        "Create": Request("/api/v1/organisations", "POST", '{"name": "Made {number}", "country": "PT"}'),
        f"Bulk of {_ROWS}": Request("/api/v1/organisations/bulk", "POST", many),
    }


def run(size: Size, *, requests: int) -> None:
    """Prepare, measure and print the table."""
    prepare(size)
    seller = User.objects.filter(role="seller").order_by("email").first()
    if seller is None:
        sys.exit("There is no seller in this database.")
    with acting_as(actor_for(seller)):
        key = ApiToken.issue(name="Benchmark", scopes=("*",)).key
    seen = Organisation.objects.visible_to(actor_for(seller)).order_by("pk")
    os.environ["RAPPORT_API_REQUESTS_PER_MINUTE"] = _UNHURRIED
    print("| request | CPU ms | DB ms | sum | median | p95 | kB |\n|---|---|---|---|---|---|---|", flush=True)
    with serving() as (server, database):
        target = Target("127.0.0.1", PORT, server, database, {"Authorization": f"Bearer {key}"})
        for name, asked in requests_of(seen.values_list("pk", flat=True).first()).items():
            print(_row(name, target.measure(asked, requests=requests, concurrency=1)), flush=True)


def _row(name: str, load: Load) -> str:
    told = name if load.status < 300 else f"{name} (status {load.status})"
    figures = (load.server, load.database, load.server + load.database, load.median, load.p95)
    return "| " + " | ".join([told, *(f"{figure:.1f}" for figure in figures), f"{load.bytes / 1000:.0f}"]) + " |"
