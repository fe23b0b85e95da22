"""Addresses of the kit's own pages."""

from django.urls import path

from rapport.web.ui import views

urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path("keys/", views.key_list, name="keys"),
    path("ui/", views.style_guide, name="style-guide"),
    path("ui/options/", views.sample_options, name="style-guide-options"),
]
