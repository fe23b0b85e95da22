"""Addresses of the lists: one for each record type that has one."""

from django.urls import path

from rapport.web.places import SLUGS

from . import views
from .spec import lists

urlpatterns = [path(f"{SLUGS[name]}/", views.records, {"record_type": name}, name=SLUGS[name]) for name in lists()]
