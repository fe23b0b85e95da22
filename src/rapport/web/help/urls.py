"""Addresses of the help."""

from django.urls import path

from . import views

urlpatterns = [
    path("help/", views.contents, name="help"),
    path("help/<slug:topic>/", views.topic, name="help-topic"),
]
