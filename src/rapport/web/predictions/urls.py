"""Addresses of predictions."""

from django.urls import path

from . import views

urlpatterns = [
    path("insights/predictions/", views.overview, name="predictions"),
    path("insights/predictions/without-numbers/", views.explore, name="predictions-explore"),
    path("insights/predictions/<slug:prediction>/", views.one, name="prediction"),
    path("insights/predictions/<slug:prediction>/export/", views.export, name="prediction-export"),
    path("insights/predictions/<slug:prediction>/card/", views.card, name="prediction-card"),
    path("insights/predictions/<slug:prediction>/learn/", views.learn_now, name="prediction-learn"),
    path("insights/predictions/versions/<uuid:estimator_id>/promote/", views.promote, name="prediction-promote"),
    path("insights/predictions/versions/<uuid:estimator_id>/withdraw/", views.withdraw, name="prediction-withdraw"),
]
