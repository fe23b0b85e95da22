"""Fuzzing from the document: every operation is called with what it allows and with what it forbids (G-A1)."""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import hypothesis
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
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
    """Calls every operation of a token's document; counts the cases."""

    def __init__(self, key: str, world: Mapping[str, Record], *, seed: int) -> None:
        self.headers = {"Authorization": f"Bearer {key}"}
        self.ids = {
            found.name: str(world[found.record_type].pk) for found in collections() if found.record_type in world
        }
        self.seed, self.cases = seed, 0
        self.random = random.Random(seed)
        with one_connection():
            self.schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler(), headers=self.headers)

    def run(self, examples: int, *, every: int = 1) -> list[str]:
        """So many cases of each operation, or of one in `every`; returns what was wrong."""
        with one_connection():
            chosen = list(self._operations())[::every]
            return [problem for operation in chosen if (problem := self._problem_of(operation, examples))]

    def _operations(self) -> Iterator[Any]:
        for found in self.schema.get_all_operations():
            yield found.ok()

    def _problem_of(self, operation: Any, examples: int) -> str:
        modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
        for mode in modes:
            try:
                self._try(operation, mode, max(1, examples // 2))
            except hypothesis.errors.Unsatisfiable:
                continue  # nothing of this operation can be wrong
            except BaseExceptionGroup as failures:
                return f"{operation.label}: {failures.exceptions[0]}"
        return ""

    def _try(self, operation: Any, mode: GenerationMode, examples: int) -> None:
        @hypothesis.seed(self.seed)
        @hypothesis.settings(
            max_examples=examples, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=_ALL
        )
        @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
        def one(case: Any) -> None:
            self.cases += 1
            self._aim(case)
            case.call_and_validate(headers=self.headers, checks=CHECKS)

        one()

    def _aim(self, case: Any) -> None:
        """Mostly at a record that exists: others are not found, whatever is asked of them."""
        name = case.operation.path.split("/")[1]
        if "id" in case.path_parameters and name in self.ids and self.random.random() < 0.8:
            case.path_parameters["id"] = self.ids[name]
