"""Addresses of the kit's own pages."""

from django.urls import path

from rapport.web.ui import live_samples, views

urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path("keys/", views.key_list, name="keys"),
    path("ui/", views.style_guide, name="style-guide"),
    path("ui/live/options/", live_samples.options, name="sample-options"),
    path("ui/live/fact/", live_samples.fact, name="sample-fact"),
    path("ui/live/move/<int:number>/", live_samples.move, name="sample-move"),
    path("ui/live/say/", live_samples.say, name="sample-toast"),
    path("ui/live/undo/", live_samples.undo, name="sample-undo"),
    path("ui/live/refuse/", live_samples.refuse, name="sample-problem"),
    path("ui/live/progress/", live_samples.progress, name="sample-progress"),
    path("ui/live/upload/", live_samples.upload, name="sample-upload"),
]
