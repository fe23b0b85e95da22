"""Addresses of Today."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.today, name="today"),
    path("today/overnight/", views.part, {"key": "overnight"}, name="today-overnight"),
    path("today/contracts/", views.part, {"key": "contracts"}, name="today-contracts"),
    path("today/proposals/", views.part, {"key": "proposals"}, name="today-proposals"),
    path("today/tasks/<uuid:task_id>/complete/", views.complete, name="today-complete"),
]
