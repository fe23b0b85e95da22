"""Addresses of the lists: the same set for each record type that has one."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from rapport.web.places import SLUGS

from . import bulk, editing, export, filtering, running, saving, views
from .spec import lists


def _addresses(record_type: str) -> Iterator[URLPattern]:
    slug, kind = SLUGS[record_type], {"record_type": record_type}
    yield path(f"{slug}/", views.records, kind, name=slug)
    yield path(f"{slug}/filter/", filtering.ask, kind, name=f"{slug}-filter")
    yield path(f"{slug}/filter/apply/", filtering.apply, kind, name=f"{slug}-filter-apply")
    yield path(f"{slug}/columns/", filtering.columns, kind, name=f"{slug}-columns")
    yield path(f"{slug}/views/new/", saving.new, kind, name=f"{slug}-view-new")
    yield path(f"{slug}/views/<uuid:view_id>/", saving.edit, kind, name=f"{slug}-view")
    yield path(f"{slug}/views/<uuid:view_id>/update/", saving.update, kind, name=f"{slug}-view-update")
    yield path(f"{slug}/views/<uuid:view_id>/remove/", saving.remove, kind, name=f"{slug}-view-remove")
    yield path(f"{slug}/export.csv", export.export, {**kind, "kind": "csv"}, name=f"{slug}-export-csv")
    yield path(f"{slug}/export.xlsx", export.export, {**kind, "kind": "xlsx"}, name=f"{slug}-export-xlsx")
    yield path(f"{slug}/bulk/change/", bulk.change, kind, name=f"{slug}-bulk-change")
    yield path(f"{slug}/bulk/remove/", bulk.remove, kind, name=f"{slug}-bulk-remove")
    yield path(f"{slug}/<uuid:record_id>/cell/<slug:name>/", editing.cell, kind, name=f"{record_type}-cell")


urlpatterns = [
    *(address for record_type in lists() for address in _addresses(record_type)),
    path("lists/bulk/<int:job_id>/", running.progress, name="bulk-progress"),
    path("lists/bulk/<int:job_id>/undo/", running.undo, name="bulk-undo"),
]
