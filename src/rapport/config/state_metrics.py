"""The figures of the whole installation, read from the database when Prometheus asks."""

from collections.abc import Iterator

from django.db.models import Count
from django.db.utils import Error
from procrastinate.contrib.django.models import ProcrastinateJob
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from rapport.core.condition import (
    database_state,
    disk_state,
    events_so_far,
    job_state,
    seal_state,
    sessions_open,
)
from rapport.core.processes import living


class StateCollector(Collector):
    """Asks the database; when that is away, `rapport_database_up` is 0 and the rest is missing."""

    def collect(self) -> Iterator[Metric]:
        """Every figure of the installation."""
        disk = disk_state()
        yield _gauge("rapport_disk_free_bytes", "Free room on the disk of the home folder", disk.free)
        yield _gauge("rapport_disk_writable", "Whether the home folder can be written", not disk.problem)
        try:
            found = [*_jobs(), *_others()]
        except Error:
            found = []
        yield _gauge("rapport_database_up", "Whether the database answers", bool(found))
        yield from found


def _jobs() -> Iterator[Metric]:
    state = job_state()
    jobs = GaugeMetricFamily("rapport_jobs", "Jobs of the queue by state", labels=["state"])
    for name, count in (("waiting", state.waiting), ("running", state.running), ("failed", state.failed)):
        jobs.add_metric([name], count)
    yield jobs
    seconds = state.oldest_waits.total_seconds()
    yield _gauge("rapport_job_oldest_waiting_seconds", "For how long the oldest job that is due has waited", seconds)
    failed = GaugeMetricFamily("rapport_jobs_failed", "Failed jobs still listed, by work", labels=["task"])
    for row in ProcrastinateJob.objects.filter(status="failed").values("task_name").annotate(count=Count("pk")):
        failed.add_metric([row["task_name"]], row["count"])
    yield failed


def _others() -> Iterator[Metric]:
    database, seal = database_state(), seal_state()
    yield _gauge("rapport_database_bytes", "Size of the database", database.size)
    yield _gauge("rapport_database_connections", "Connections to the database server", database.connections)
    yield CounterMetricFamily("rapport_events", "Events of the history", value=events_so_far())
    yield _gauge("rapport_events_unsealed", "Events that wait for their seal", seal.waiting)
    yield _gauge("rapport_sessions", "Sign-ons that have not expired", sessions_open())
    processes = GaugeMetricFamily("rapport_processes", "Processes that live", labels=["kind"])
    for row in living().order_by().values("kind").annotate(count=Count("pk")):
        processes.add_metric([row["kind"]], row["count"])
    yield processes


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)
