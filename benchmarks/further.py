"""What the filled database has besides directory, pipeline and activities, so that every page has something to read:
products, leads, orders with lines, contracts, tickets and stays in stages; then what the product's own jobs make of it.

Each kind is made only where there is none yet, so a database filled before gets what was added here since.
"""

import random
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from benchmarks import words
from benchmarks.filling import CHUNK, Row, past, skewed, write_chunk
from benchmarks.sizes import Size
from rapport.catalog.models import Product
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now
from rapport.core.records import Record
from rapport.directory.models import Organisation
from rapport.identity.models import User
from rapport.leads.models import Lead
from rapport.orders.models import Contract, Order, OrderLine
from rapport.pipeline.models import Opportunity, Stage, StageVisit
from rapport.support.models import Ticket

_SOURCES = ("Recommendation", "Partner", "Website", "Trade fair", "Advertisement")
_PRODUCTS = 60
_AMONG = 50_000


def fill_further(size: Size, *, seed: int = 12) -> bool:
    """Make what is missing; gives whether anything was."""
    with acting_as(SYSTEM):
        return _Further(size, random.Random(seed)).fill()


class _Further:
    """One run of the generator."""

    def __init__(self, size: Size, chance: random.Random) -> None:
        self.size, self.chance, self.moment = size, chance, now()
        self.users = _some(User, 1_000)
        self.organisations = _some(Organisation, _AMONG)

    def fill(self) -> bool:
        """Make each kind that there is none of."""
        people = self.size.people
        made = self._unless(Product, (self._product(number) for number in range(_PRODUCTS)))
        self.products = _some(Product, _PRODUCTS)
        made |= self._unless(Lead, (self._lead(number) for number in range(people // 5)))
        made |= self._unless(Order, (self._order() for _ in range(people * 2 // 5)))
        made |= self._unless(OrderLine, (self._line(key) for key in Order.objects.values_list("pk", flat=True)))
        made |= self._unless(Contract, (self._contract() for _ in range(people // 20)))
        made |= self._unless(Ticket, (self._ticket(number) for number in range(people // 10)))
        return self._unless(StageVisit, self._visits()) or made

    def _unless(self, model: type[Record], rows: Iterable[Row]) -> bool:
        if model._base_manager.exists():
            return False
        rows, written = iter(rows), 0
        while chunk := list(islice(rows, CHUNK)):
            written += len(write_chunk(model, chunk))
        print(f"  {written:>9,} {model._meta.verbose_name_plural}", flush=True)
        return True

    def _product(self, number: int) -> Row:
        price = self.chance.randrange(50, 9_000)
        names = {"name": f"{words.OFFERS[number % len(words.OFFERS)]} {number}", "code": f"P{number}"}
        return {**names, "family": words.TRADES[number % len(words.TRADES)], "list_price": price, "currency": "EUR"}

    def _lead(self, number: int) -> Row:
        chance, came = self.chance, self._past()
        source = chance.randrange(len(_SOURCES))
        is_old = came < self.moment - timedelta(days=60)
        is_won = chance.random() < 0.45 - 0.08 * source
        ends = (came + timedelta(days=chance.randrange(3, 60))).date()
        return {
            "first_name": chance.choice(words.FIRST),
            "last_name": chance.choice(words.LAST),
            "organisation_name": f"{chance.choice(words.COINED)}{chance.choice(words.ENDINGS)} {number}",
            "source": _SOURCES[source],
            "industry": chance.choice(words.INDUSTRIES),
            "country": chance.choice(words.TOWNS)[1],
            "need": " ".join(chance.choices(words.PROSE, k=chance.randrange(40))),
            "received_on": came.date(),
            "status": ("converted" if is_won else "discarded") if is_old else "new",
            "converted_on": ends if is_old and is_won else None,
            "discard_reason": "" if is_won or not is_old else "No need",
            "owner_id": chance.choice(self.users),
            "created_at": came,
        }

    def _order(self) -> Row:
        came = self._past()
        return {
            "organisation_id": self._skewed(self.organisations),
            "ordered_on": came.date(),
            "status": "delivered",
            "delivered_on": (came + timedelta(days=self.chance.randrange(3, 30))).date(),
            "amount": int(self.chance.lognormvariate(7.5, 1.0)),
            "currency": "EUR",
            "owner_id": self.chance.choice(self.users),
            "created_at": came,
        }

    def _line(self, order: UUID) -> Row:
        price, number = self.chance.randrange(50, 9_000), self.chance.randrange(1, 9)
        return {"order_id": order, "product_id": self._skewed(self.products), "quantity": number, "unit_price": price}

    def _contract(self) -> Row:
        began = self._past().date()
        ends = began + timedelta(days=365 * self.chance.randrange(1, 5))
        return {
            "organisation_id": self._skewed(self.organisations),
            "subject": self.chance.choice(words.OFFERS),
            "starts_on": began,
            "ends_on": ends,
            "notice_period_days": 90,
            "amount": self.chance.randrange(900, 40_000),
            "currency": "EUR",
            "owner_id": self.chance.choice(self.users),
        }

    def _ticket(self, number: int) -> Row:
        opened, is_solved = self._past(), self.chance.random() < 0.93
        solved = opened + timedelta(hours=self.chance.randrange(1, 400)) if is_solved else None
        return {
            "subject": f"{self.chance.choice(words.SUBJECTS)} {number}",
            "organisation_id": self._skewed(self.organisations),
            "status": "solved" if is_solved else "open",
            "opened_at": opened,
            "solved_at": solved,
            "owner_id": self.chance.choice(self.users),
            "created_at": opened,
        }

    def _visits(self) -> Iterable[Row]:
        stages = list(Stage.objects.filter(kind="selling").order_by("position").values_list("pk", flat=True))
        opened = Opportunity._base_manager.values_list("pk", "created_at")
        for key, begun in opened.iterator(chunk_size=CHUNK):
            entered = begun
            for stage in stages[: self.chance.randrange(1, 4)]:
                left = entered + timedelta(days=self.chance.randrange(1, 40))
                yield {"opportunity_id": key, "stage_id": stage, "entered_at": entered, "left_at": left}
                entered = left

    def _skewed(self, keys: list[UUID]) -> UUID:
        return skewed(keys, self.chance)

    def _past(self) -> datetime:
        return past(self.moment, self.chance)


def _some(model: type[Record], most: int) -> list[UUID]:
    return list(model._base_manager.order_by("pk").values_list("pk", flat=True)[:most])


def work_out() -> None:
    """Run the nightly jobs that pages read from, and tell how long each took."""
    for name, job in _jobs().items():
        begun, spent = time.perf_counter(), time.process_time()
        with acting_as(SYSTEM):
            job()
        told = f"{time.perf_counter() - begun:.0f} s, {time.process_time() - spent:.0f} CPU-s beside the database's"
        print(f"  {name}: {told}", flush=True)


def _jobs() -> dict[str, Callable[[], Any]]:
    from rapport.insights.forecasting.volume import foretell  # these load what learns, which takes seconds
    from rapport.insights.works.reviewing import review
    from rapport.intelligence.learning.nightly import learn_and_score
    from rapport.intelligence.outlooks.telling import learn_and_tell

    return {
        "predictions": learn_and_score,
        "outlooks": learn_and_tell,
        "what works": review,
        "volume of sales": foretell,
    }
