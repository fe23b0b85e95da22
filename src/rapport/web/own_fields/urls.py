"""Addresses of the settings of own fields."""

from django.urls import path

from . import types, views

_OF = "settings/fields/<slug:record_type>/"
_ONE = "settings/fields/field/<uuid:own_field_id>/"

_TYPE = "settings/types/<uuid:own_type_id>/"

urlpatterns = [
    path("settings/types/", types.types, name="settings-own-types"),
    path("settings/types/new/", types.add, name="settings-own-type-new"),
    path(_TYPE, types.edit, name="settings-own-type"),
    path(f"{_TYPE}remove/", types.remove, name="settings-own-type-remove"),
    path(f"{_TYPE}restore/", types.restore, name="settings-own-type-restore"),
    path("settings/fields/", views.types, name="settings-own-fields"),
    path(_ONE, views.edit, name="settings-own-field"),
    path(f"{_ONE}move/", views.move, name="settings-own-field-move"),
    path(f"{_ONE}remove/", views.remove, name="settings-own-field-remove"),
    path(f"{_ONE}restore/", views.restore, name="settings-own-field-restore"),
    path(f"{_ONE}purge/", views.purge, name="settings-own-field-purge"),
    path(_OF, views.fields, name="settings-own-fields-of"),
    path(f"{_OF}new/<slug:own_kind>/", views.add, name="settings-own-field-new"),
    path(f"{_OF}preview/<slug:own_kind>/", views.preview, name="settings-own-field-preview"),
]
