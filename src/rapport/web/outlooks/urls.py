"""Addresses of outlooks."""

from django.urls import path

from . import ahead, portfolio, segments, views

urlpatterns = [
    path("insights/segments/", segments.segments, name="segments"),
    path("insights/segments/export/", segments.export, name="segments-export"),
    path("insights/portfolio/", portfolio.portfolio, name="portfolio"),
    path("insights/portfolio/export/", portfolio.export, name="portfolio-export"),
    path("insights/risks-ahead/", ahead.ahead, name="risks-ahead"),
    path("insights/outlooks/", views.overview, name="outlooks"),
    path("insights/outlooks/<slug:outlook>/", views.one, name="outlook"),
    path("insights/outlooks/<slug:outlook>/export/", views.export, name="outlook-export"),
    path("insights/outlooks/<slug:outlook>/learn/", views.learn_now, name="outlook-learn"),
]
