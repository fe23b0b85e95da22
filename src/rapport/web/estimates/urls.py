"""Addresses of estimates."""

from django.urls import path

from . import views

urlpatterns = [
    path("settings/estimates/", views.figures, name="estimates"),
    path("estimates/<int:estimate_id>/", views.estimate, name="estimate"),
    path("estimates/<int:estimate_id>/accept/", views.accept, name="estimate-accept"),
    path("estimates/<int:estimate_id>/refuse/", views.refuse, name="estimate-refuse"),
]
