"""Addresses of insights."""

from django.urls import path

from . import (
    anew,
    forecast,
    forecast_export,
    forecast_weighted,
    index,
    market_share,
    own_forecast,
    trends,
    who_where,
    who_where_slow,
    works,
)

urlpatterns = [
    path("insights/", index.index, name="insights"),
    path("insights/awaited/<slug:figures>/", anew.awaited, name="figures-awaited"),
    path("insights/forecast/", forecast.forecast, name="forecast"),
    path("insights/forecast/export/", forecast_export.foretold, name="forecast-export"),
    path("insights/forecast/accuracy/export/", forecast_export.accuracy, name="forecast-accuracy-export"),
    path("insights/forecast/weighted/", forecast_weighted.weighted, name="forecast-weighted"),
    path("insights/forecast/weighted/export/", forecast_weighted.export, name="forecast-weighted-export"),
    path("insights/my-forecast/", own_forecast.own_forecast, name="own-forecast"),
    path("insights/my-forecast/export/", own_forecast.export, name="own-forecast-export"),
    path("insights/market-share/", market_share.overview, name="market-share"),
    path("insights/market-share/export/", market_share.export, name="market-share-export"),
    path("insights/trends/", trends.overview, name="trends"),
    path("insights/trends/export/", trends.export, name="trends-export"),
    path("insights/trends/<slug:counted_topic>/", trends.value, name="trend"),
    path("insights/who-and-where/", who_where.overview, name="who-where"),
    path("insights/who-and-where/export/", who_where.export, name="who-where-export"),
    path("insights/who-and-where/slow/", who_where_slow.slow, name="who-where-slow"),
    path("insights/who-and-where/slow/export/", who_where_slow.export, name="who-where-slow-export"),
    path("insights/what-works/", works.works, name="what-works"),
    path("insights/what-works/export/", works.export, name="what-works-export"),
    path("insights/what-works/review/", works.review_now, name="what-works-review"),
    path("insights/what-works/<slug:pattern>/", works.cases, name="what-works-cases"),
]
