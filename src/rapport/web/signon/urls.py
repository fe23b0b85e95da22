"""Addresses of signing on."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from rapport.web.signon import reset, views

urlpatterns = [
    path("login/", views.SignOn.as_view(), name="log-in"),
    path("login/reset/", reset.ask, name="reset-ask"),
    path("login/reset/sent/", reset.sent, name="reset-sent"),
    path("login/reset/<str:uidb64>/<str:token>/", reset.NewPassword.as_view(), name="reset-password"),
    path("logout/", LogoutView.as_view(next_page="log-in"), name="log-out"),
    path("first-user/", views.first_user, name="first-user"),
    path("language/", views.set_language, name="set_language"),
]
