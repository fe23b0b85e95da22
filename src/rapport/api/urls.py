"""Addresses of the API."""

from django.urls import path, re_path

from . import pages, telling_again
from .calls import WRITING, endpoint
from .endpoints import (
    bulk,
    chances,
    description,
    estimates,
    files,
    lists,
    me,
    next_actions,
    nothing,
    outlooks,
    past,
    records,
    searching,
    webhooks,
)

# Those with names are pages for people, behind the log-in; the others are for programs, which show a token.
urlpatterns = [
    path("docs/", pages.overview, name="api-docs"),
    path("docs/openapi.json", pages.document, name="api-document"),
    path("docs/<slug:collection>/", pages.collection, name="api-collection"),
    path("openapi.json", endpoint(GET=description.description)),
    path("me", endpoint(GET=me.me)),
    path("search", endpoint(GET=searching.find)),
    path("next-actions", endpoint(GET=next_actions.next_actions)),
    path("events/<int:event_id>/undo", endpoint(POST=past.undo, again=telling_again.conflicts)),
    path("files", endpoint(GET=lists.list_files, POST=files.attach, again=telling_again.record)),
    path("files/<uuid:record_id>/content", endpoint(GET=files.content)),
    path("webhooks/<uuid:record_id>/deliveries", endpoint(GET=webhooks.deliveries)),
    path(
        "webhooks/<uuid:record_id>/deliveries/<uuid:delivery_id>/replay",
        endpoint(POST=webhooks.send_again, again=telling_again.delivery),
    ),
    path(
        "<slug:collection>",
        endpoint(GET=lists.list_records, POST=records.create, again=telling_again.record),
    ),
    path("<slug:collection>/bulk", endpoint(POST=bulk.write_many, again=telling_again.rows)),
    path(
        "<slug:collection>/<uuid:record_id>",
        endpoint(GET=records.read, PATCH=records.change, DELETE=records.remove, again=telling_again.record),
    ),
    path("<slug:collection>/<uuid:record_id>/history", endpoint(GET=past.history)),
    path("<slug:collection>/<uuid:record_id>/estimates", endpoint(GET=estimates.estimates)),
    path("<slug:collection>/<uuid:record_id>/chances", endpoint(GET=chances.chances_of)),
    path("<slug:collection>/<uuid:record_id>/outlooks", endpoint(GET=outlooks.outlooks_of)),
    path("<slug:collection>/<uuid:record_id>/timeline", endpoint(GET=past.events_of)),
    path("<slug:collection>/<uuid:record_id>/<slug:verb>", endpoint(POST=records.perform, again=telling_again.outcome)),
    re_path("^(?P<address>(?s:.*))$", endpoint(GET=nothing.nothing, **dict.fromkeys(WRITING, nothing.nothing))),
]
