"""Addresses of outlooks."""

from django.urls import path

from . import views

urlpatterns = [
    path("insights/outlooks/", views.overview, name="outlooks"),
    path("insights/outlooks/<slug:outlook>/", views.one, name="outlook"),
    path("insights/outlooks/<slug:outlook>/learn/", views.learn_now, name="outlook-learn"),
]
