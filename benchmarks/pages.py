"""The pages benchmark: every main page of the product, as a seller sees it, on a filled database."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.filling import Filling
from benchmarks.further import fill_further, work_out
from benchmarks.growth import FIGURES
from benchmarks.measuring import Load, Request, Target, database_pid, wait_until_idle
from benchmarks.sizes import Size
from benchmarks.territory import EMAIL, member_of_a_territory, withdraw
from rapport.core.home import home_folder
from rapport.directory.models import Organisation, Person
from rapport.identity.actors import actor_for
from rapport.identity.models import User
from rapport.identity.roles import Role
from rapport.insights.models import KeptFigures
from rapport.intelligence.models import Estimator
from rapport.leads.models import Lead
from rapport.pipeline.models import Opportunity

PORT = 8991
KEPT = ("Forecast", "Trends", "Who and where", "Segments")
"""Pages whose figures are kept for a while."""


@dataclass(frozen=True)
class Page:
    """A page to measure, and who looks at it."""

    name: str
    path: str
    role: Role = Role.SELLER


def prepare(size: Size) -> None:
    """Fill the database, unless it holds that many people already."""
    held = Person.objects.count()
    if held == 0:
        print(f"Filling the database with {size.people:,} people …", flush=True)
        Filling(size).fill()
    elif held < size.people:
        sys.exit(
            f"This home holds {held:,} people, not {size.people:,}. Name another folder in RAPPORT_HOME, or delete it."
        )
    if fill_further(size) or not Estimator.objects.exists():
        _vacuum()
        work_out()
        _vacuum()


def _vacuum() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def pages(seller: User) -> list[Page]:
    """The pages, with busy records of the database in them that the seller may see."""
    actor = actor_for(seller)
    organisation = Organisation.objects.visible_to(actor).order_by("created_at", "pk").values_list("pk", flat=True)
    seen = Person.objects.visible_to(actor)
    busiest = seen.values_list("organisation_id", flat=True).order_by("organisation_id").first()
    person = seen.filter(organisation_id=busiest).first() if busiest else None
    opportunity = Opportunity.objects.visible_to(actor).filter(status="open").order_by("pk").first()
    lead = Lead.objects.visible_to(actor).filter(status="new").order_by("pk").first()
    found = person.last_name if person else "Silva"
    return [
        Page("Today", "/"),
        Page("What to do next", "/next/"),
        Page("Organisations", "/organisations/"),
        Page("Organisations, filtered", "/organisations/?q=energy"),
        Page("People", "/people/"),
        Page("Opportunities", "/opportunities/"),
        Page("Organisation", f"/organisations/{busiest or organisation.first()}/"),
        Page("Person", f"/people/{person.pk if person else ''}/"),
        Page("Opportunity", f"/opportunities/{opportunity.pk if opportunity else ''}/"),
        Page("Board", "/pipeline/"),
        Page("New organisation", "/organisations/new/"),
        Page("Search", f"/search/?q={found}"),
        Page("Search with a typo", f"/search/?q={found[:3]}x{found[4:]}"),
        Page("Palette", f"/palette/?q={found[:5]}"),
        Page("Leads", "/leads/"),
        Page("Lead", f"/leads/{lead.pk if lead else ''}/"),
        Page("Tasks", "/tasks/"),
        Page("Orders", "/orders/"),
        Page("Forecast", "/insights/forecast/", Role.MANAGER),
        Page("My forecast", "/insights/my-forecast/"),
        Page("Trends", "/insights/trends/"),
        Page("Who and where", "/insights/who-and-where/"),
        Page("What works", "/insights/what-works/"),
        Page("Predictions", "/insights/predictions/"),
        Page("Prediction", "/insights/predictions/win_probability/"),
        Page("Outlooks", "/insights/outlooks/"),
        Page("Segments", "/insights/segments/"),
        Page("Next actions", "/insights/next-actions/"),
        Page("Trials", "/insights/trials/"),
        Page("Proposals", "/proposals/"),
        Page("AI control", "/ai-control/"),
    ]


def run(size: Size, *, requests: int, by_territory: bool = False) -> None:
    """Prepare, measure and print the table; as a seller who owns records, or as one who sees by a territory alone."""
    prepare(size)
    if by_territory:
        with member_of_a_territory() as member:
            _measure(member, requests=requests)
        return
    withdraw()
    seller = User.objects.filter(role="seller").exclude(email=EMAIL).order_by("email").first()
    if seller is None:
        sys.exit("There is no seller in this database.")
    figures = _measure(seller, requests=requests)
    (home_folder() / FIGURES).write_text(json.dumps(figures, indent=2))


def _measure(seller: User, *, requests: int) -> dict[str, float]:
    """Print the table; gives the milliseconds of processor and database by page."""
    users = {Role.SELLER: seller, Role.MANAGER: User.objects.filter(role="manager").order_by("email").first() or seller}
    cookies = {role: session_cookie(user) for role, user in users.items()}
    figures: dict[str, float] = {}
    print(f"Load of the machine: {os.getloadavg()[0]:.1f}\n\n{_heading()}", flush=True)
    with serving() as (server, database):
        for page in pages(seller):
            target = Target("127.0.0.1", PORT, server, database, {"Cookie": cookies[page.role]})
            alone = target.measure(Request(page.path), requests=requests, concurrency=1)
            crowd = target.measure(Request(page.path), requests=requests, concurrency=8)
            print(_row(page, alone, crowd, _queries(users[page.role], page.path)), flush=True)
            figures[page.name] = round(alone.server + alone.database, 1)
        _measure_first(
            [page for page in pages(seller) if page.name in KEPT],
            lambda page: Target("127.0.0.1", PORT, server, database, {"Cookie": cookies[page.role]}),
        )
    print(f"\nLoad of the machine: {os.getloadavg()[0]:.1f}", flush=True)
    return figures


def _measure_first(measured: Sequence[Page], target: Callable[[Page], Target]) -> None:
    """Pages whose figures are kept for an hour, when nobody looked before; and when others did."""
    columns = ("page", "CPU ms", "DB ms", "sum", "median")
    print("\nThe first visit of all, and one's own first after others':\n\n| " + " | ".join(columns) + " |", flush=True)
    print("|" + "---|" * len(columns), flush=True)
    every = KeptFigures.objects.all()
    of_others = every.exclude(question="who-where-company")
    for page in measured:
        _row_first(page, "first of all", target(page), every.delete)
        if page.name == "Who and where":
            _row_first(page, "own first", target(page), of_others.delete)


def _row_first(page: Page, words: str, target: Target, forget: Callable[[], object]) -> None:
    load = target.measure_first(Request(page.path), requests=3, forget=forget)
    figures = [load.server, load.database, load.server + load.database, load.median]
    print(f"| {page.name}, {words} | " + " | ".join(f"{one:.1f}" for one in figures) + " |", flush=True)


def _heading() -> str:
    columns = ("page", "CPU ms", "DB ms", "sum", "median", "p95", "median at 8", "p95 at 8", "queries", "kB")
    return "| " + " | ".join(columns) + " |\n|" + "---|" * len(columns)


def _row(page: Page, alone: Load, crowd: Load, queries: int) -> str:
    name = page.name if alone.status == 200 else f"{page.name} (status {alone.status})"
    figures = [alone.server, alone.database, alone.server + alone.database]
    figures += [alone.median, alone.p95, crowd.median, crowd.p95]
    texts = [f"{figure:.1f}" for figure in figures]
    return "| " + " | ".join([name, *texts, str(queries), f"{alone.bytes / 1000:.0f}"]) + " |"


def session_cookie(user: User) -> str:
    """A session of this user, as the header that carries it."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def _queries(user: User, path: str) -> int:
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


@contextmanager
def serving() -> Iterator[tuple[int, int]]:
    """One web process, as `./rapport web` starts it; gives its pid and that of the database."""
    environment = os.environ | {"RAPPORT_WEB_WORKERS": "1"}
    command = [sys.executable, "-m", "rapport.cli", "web", "--port", str(PORT)]
    process = subprocess.Popen(command, env=environment)
    try:
        _wait_for_answer()
        wait_until_idle(process.pid)
        yield process.pid, database_pid()
    finally:
        process.terminate()
        process.wait(20)


def _wait_for_answer() -> None:
    for _ in range(300):
        time.sleep(0.2)
        with suppress(OSError):
            connection_to_web = HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection_to_web.request("GET", "/healthz")
            connection_to_web.getresponse().read()
            return
    sys.exit("The web process did not answer.")
