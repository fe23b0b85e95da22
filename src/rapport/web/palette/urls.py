"""Addresses of palette and search."""

from django.urls import path

from . import views

urlpatterns = [
    path("palette/", views.palette, name="palette"),
    path("search/", views.results, name="search"),
]
