"""Addresses of the lists: the same set for each record type that has one."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from rapport.web.places import BUILT_IN
from rapport.web.records import urls as _converters  # noqa: F401 - registers the converter of own types

from . import bulk, editing, export, filtering, running, saving, views


def _addresses(record_type: str, slug: str, kind: dict[str, str], name: str) -> Iterator[URLPattern]:
    yield path(f"{slug}/", views.records, kind, name=name)
    yield path(f"{slug}/filter/", filtering.ask, kind, name=f"{name}-filter")
    yield path(f"{slug}/filter/apply/", filtering.apply, kind, name=f"{name}-filter-apply")
    yield path(f"{slug}/columns/", filtering.columns, kind, name=f"{name}-columns")
    yield path(f"{slug}/views/new/", saving.new, kind, name=f"{name}-view-new")
    yield path(f"{slug}/views/<uuid:view_id>/", saving.edit, kind, name=f"{name}-view")
    yield path(f"{slug}/views/<uuid:view_id>/update/", saving.update, kind, name=f"{name}-view-update")
    yield path(f"{slug}/views/<uuid:view_id>/remove/", saving.remove, kind, name=f"{name}-view-remove")
    yield path(f"{slug}/export.csv", export.export, {**kind, "kind": "csv"}, name=f"{name}-export-csv")
    yield path(f"{slug}/export.xlsx", export.export, {**kind, "kind": "xlsx"}, name=f"{name}-export-xlsx")
    yield path(f"{slug}/bulk/change/", bulk.change, kind, name=f"{name}-bulk-change")
    yield path(f"{slug}/bulk/remove/", bulk.remove, kind, name=f"{name}-bulk-remove")
    yield path(f"{slug}/<uuid:record_id>/cell/<slug:name>/", editing.cell, kind, name=f"{record_type}-cell")


urlpatterns = [
    *(
        address
        for record_type, slug in BUILT_IN.items()
        for address in _addresses(record_type, slug, {"record_type": record_type}, slug)
    ),
    *_addresses("own", "<own_type:record_type>", {}, "own"),
    path("lists/bulk/<int:job_id>/", running.progress, name="bulk-progress"),
    path("lists/bulk/<int:job_id>/undo/", running.undo, name="bulk-undo"),
]
