"""Addresses of what to do next."""

from django.urls import path

from . import faring, views

urlpatterns = [
    path("next/", views.whole, name="next-actions"),
    path("insights/next-actions/", faring.how_they_fare, name="next-actions-faring"),
    path("insights/next-actions/export/", faring.export, name="next-actions-export"),
    path("next/today/", views.on_today, name="next-actions-today"),
    path("next/take/", views.take, name="next-action-take"),
    path("next/put-off/", views.put_off, name="next-action-put-off"),
    path("next/refuse/", views.refuse, name="next-action-refuse"),
]
