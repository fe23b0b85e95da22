"""Addresses of the import."""

from django.urls import path

from . import mapping, steps, uploads, views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/uploads/", uploads.begin_upload, name="import-uploads"),
    path("imports/uploads/<uuid:upload_id>/", uploads.upload, name="import-upload"),
    path("imports/<uuid:import_id>/", steps.step, name="import"),
    path("imports/<uuid:import_id>/progress/", steps.progress, name="import-progress"),
    path("imports/<uuid:import_id>/decide/", steps.decide, name="import-decide"),
    path("imports/<uuid:import_id>/apart/", steps.tell_apart, name="import-apart"),
    path("imports/<uuid:import_id>/<slug:request_name>/do/", steps.request_step, name="import-request"),
    path("imports/<uuid:import_id>/files/<int:file_id>/", mapping.map_columns, name="import-file"),
    path("imports/<uuid:import_id>/files/<int:file_id>/rows/", views.rows, name="import-rows"),
    path("imports/<uuid:import_id>/files/<int:file_id>/bad-rows.csv", views.bad_rows, name="import-bad-rows"),
]
