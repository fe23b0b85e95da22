"""All addresses: the health check and the metrics here, the pages in `rapport.web`."""

from django.urls import include, path

from rapport.config.health import healthz
from rapport.config.metrics import metrics

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("api/v1/", include("rapport.api.urls")),
    path("", include("rapport.web.urls")),
]

handler400 = "rapport.web.ui.errors.bad_request"
handler403 = "rapport.web.ui.errors.forbidden"
handler404 = "rapport.web.ui.errors.not_found"
handler500 = "rapport.web.ui.errors.failed"
