"""Addresses of the board."""

from django.urls import path

from . import moving, views

urlpatterns = [
    path("pipeline/", views.pipeline, name="pipeline"),
    path("pipeline/stages/<uuid:stage_id>/cards/", views.cards, name="pipeline-cards"),
    path("pipeline/cards/<uuid:opportunity_id>/move/", moving.move, name="pipeline-move"),
]
