"""All addresses: the health check here, the pages in `rapport.web`."""

from django.urls import include, path

from rapport.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language/", include("django.conf.urls.i18n")),
    path("", include("rapport.web.urls")),
]
