"""Addresses of duplicates."""

from django.urls import path

from . import comparing, known, listing, searching

urlpatterns = [
    path("quality/duplicates/", listing.overview, name="duplicates"),
    path("quality/duplicates/lead/known/", known.known, name="leads-known"),
    path("quality/duplicates/<slug:record_type>/", listing.groups_of, name="duplicate-groups"),
    path("quality/duplicates/<slug:record_type>/sure/", listing.merge_sure, name="duplicates-sure"),
    path("quality/duplicates/<slug:record_type>/look/", searching.look, name="duplicates-look"),
    path("quality/duplicates/<slug:record_type>/stop/", searching.stop_looking, name="duplicates-stop"),
    path("quality/duplicates/<slug:record_type>/progress/", searching.progress, name="duplicates-progress"),
    path("quality/duplicates/<slug:record_type>/compare/", comparing.compare, name="duplicates-compare"),
]
