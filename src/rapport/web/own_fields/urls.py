"""Addresses of the settings of own fields."""

from django.urls import path

from . import views

_OF = "settings/fields/<slug:record_type>/"
_ONE = "settings/fields/field/<uuid:own_field_id>/"

urlpatterns = [
    path("settings/fields/", views.types, name="settings-own-fields"),
    path(_ONE, views.edit, name="settings-own-field"),
    path(f"{_ONE}move/", views.move, name="settings-own-field-move"),
    path(f"{_ONE}remove/", views.remove, name="settings-own-field-remove"),
    path(f"{_ONE}restore/", views.restore, name="settings-own-field-restore"),
    path(_OF, views.fields, name="settings-own-fields-of"),
    path(f"{_OF}new/<slug:own_kind>/", views.add, name="settings-own-field-new"),
    path(f"{_OF}preview/<slug:own_kind>/", views.preview, name="settings-own-field-preview"),
]
