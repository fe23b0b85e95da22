"""Fuzzing from the document: every operation is called with what it allows and with what it forbids (G-A1)."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import cycle
from typing import Any

import hypothesis
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from rapport.api.collections import collections
from rapport.core.records import Record

# Left out: "positive data acceptance". A schema can't say that a VAT number must have the right check digits, or that a
# linked record must exist; such values are refused with 422, which each operation declares.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
REFUSALS = ["400", "404", "405", "406", "409", "412", "413", "415", "422"]  # of what the document forbids
_ALL = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example]


@contextmanager
def one_connection() -> Iterator[None]:
    """The requests share the test's database connection, as those of Django's test client do."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


class Fuzzer:
    """Calls every operation of a token's document, in the roles its user is given; counts the cases.

    Each case is sent in the role that may most of those that have the operation, and in one of the others by turns.
    """

    def __init__(
        self,
        key: str,
        world: Mapping[str, Record],
        *,
        seed: int,
        roles: Sequence[str] = ("as is",),
        become: Callable[[str], None] = lambda _role: None,
    ) -> None:
        """The role that may most comes last: whatever it may do is tried."""
        self.headers = {"Authorization": f"Bearer {key}"}
        self.ids = {
            found.name: str(world[found.record_type].pk) for found in collections() if found.record_type in world
        }
        self.seed, self.cases, self.become = seed, 0, become
        self.last: Any = None
        self.random = random.Random(seed)
        with one_connection():
            self.documents = {role: self._document(role) for role in roles}

    def _document(self, role: str) -> Mapping[str, Any]:
        """The operations of the document that the role is shown, by their names."""
        self.become(role)
        schema = schemathesis.openapi.from_dict(_document(self.headers))
        schema.app = WSGIHandler()
        schema.config.checks.negative_data_rejection.expected_statuses = REFUSALS
        return {operation.label: operation for operation in (found.ok() for found in schema.get_all_operations())}

    def run(self, examples: int, *, every: int = 1, start: int = 0) -> list[str]:
        """So many cases of each operation, or of one in `every` from the one at `start`; returns what was wrong."""
        labels = list(dict.fromkeys(label for document in self.documents.values() for label in document))
        with one_connection():
            return [problem for label in labels[start::every] if (problem := self._problem_of(label, examples))]

    def _problem_of(self, label: str, examples: int) -> str:
        modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
        for mode in modes:
            try:
                self._try(label, mode, max(1, examples // 2))
            except hypothesis.errors.Unsatisfiable:
                continue  # nothing of this operation can be wrong
            except BaseExceptionGroup as failures:
                role, case = self.last
                return f"{label} as {role}: {failures.exceptions[0]}\n{case.as_curl_command()}"
        return ""

    def _try(self, label: str, mode: GenerationMode, examples: int) -> None:
        allowed = {role: document[label] for role, document in self.documents.items() if label in document}
        *others, highest = allowed
        strategy, turns = allowed[highest].as_strategy(generation_mode=mode), cycle(others or [highest])

        @hypothesis.seed(self.seed)
        @hypothesis.settings(
            max_examples=examples, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=_ALL
        )
        @hypothesis.given(case=strategy)
        def one(case: Any) -> None:
            self._aim(case)
            for role in dict.fromkeys((next(turns), highest)):
                self._call(role, allowed[role], case)

        one()

    def _call(self, role: str, operation: Any, case: Any) -> None:
        """Ask as this role, judge by its own document, and leave everything as it was for the next."""
        self.cases += 1
        own = operation.Case(
            method=case.method,
            path_parameters=dict(case.path_parameters),
            headers=case.headers,
            cookies=case.cookies,
            query=case.query,
            body=case.body,
            media_type=case.media_type,
            _meta=case.meta,
        )
        self.last = role, own
        with transaction.atomic():
            self.become(role)
            try:
                own.call_and_validate(headers=self.headers, checks=_checks_of(operation))
            finally:
                transaction.set_rollback(True)

    def _aim(self, case: Any) -> None:
        """Mostly at a record that exists: others are not found, whatever is asked of them."""
        wrong = {place for place, made in case.meta.components.items() if made.mode.is_negative}
        name = case.operation.path.split("/")[1]
        if ParameterLocation.PATH not in wrong and name in self.ids and "id" in case.path_parameters:
            case.path_parameters["id"] = self.ids[name] if self.random.random() < 0.8 else case.path_parameters["id"]
        if ParameterLocation.HEADER not in wrong and self.random.random() < 0.8:
            case.headers.pop("If-Match", None)  # else nearly all would end as "changed meanwhile"


def _checks_of(operation: Any) -> list[Any]:
    """A request of many rows is fine when some of them are wrong: those are refused one by one."""
    return [check for check in CHECKS if not (operation.path.endswith("/bulk") and check is negative_data_rejection)]


def _document(headers: Mapping[str, str]) -> dict[str, Any]:
    """The document without its demand for a token, which every request of ours has."""
    document: dict[str, Any] = Client(headers=headers).get("/api/v1/openapi.json").json()
    document.pop("security", None)
    return document
