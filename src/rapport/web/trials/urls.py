"""Addresses of trials."""

from django.urls import path

from . import asking, beginning, export, second, today, views

urlpatterns = [
    path("insights/trials/", views.overview, name="trials"),
    path("insights/trials/new/", beginning.begin, name="trial-new"),
    path("insights/trials/estimates/", asking.queue, name="trial-estimates"),
    path("insights/trials/estimates/today/", today.on_today, name="trial-questions-today"),
    path("insights/trials/estimates/<uuid:trialcase_id>/", asking.estimate, name="trial-estimate"),
    path("insights/trials/estimates/<uuid:trialcase_id>/again/", second.again, name="trial-estimate-again"),
    path("insights/trials/<uuid:trial_id>/", views.one, name="trial"),
    path("insights/trials/<uuid:trial_id>/export/", export.export, name="trial-export"),
    path("insights/trials/<uuid:trial_id>/stop/", views.stop, name="trial-stop"),
]
