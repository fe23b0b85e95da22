"""Addresses of signing on. Those with names of allauth's lead to its views, drawn by our templates."""

from allauth.account.views import reauthenticate
from allauth.mfa.base.views import authenticate
from allauth.mfa.base.views import reauthenticate as confirm_by_code
from allauth.mfa.recovery_codes.views import download_recovery_codes, generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import activate_totp, deactivate_totp
from allauth.mfa.webauthn.views import edit_webauthn, login_webauthn, reauthenticate_webauthn, remove_webauthn
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from rapport.web.signon import factors, provider_views, reset, sessions, views
from rapport.web.signon.kept_answers import kept_answers

SIGN_IN = "settings/sign-in/"

urlpatterns = [
    path("login/", views.SignOn.as_view(), name="log-in"),
    path("login/", views.SignOn.as_view(), name="account_login"),
    path("login/second-step/", authenticate, name="mfa_authenticate"),
    path("login/passkey/", login_not_required(login_webauthn), name="mfa_login_webauthn"),
    path("login/confirm/", reauthenticate, name="account_reauthenticate"),
    path("login/confirm/code/", confirm_by_code, name="mfa_reauthenticate"),
    path("login/confirm/passkey/", reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("login/provider/<uuid:provider_id>/", provider_views.start, name="provider-start"),
    path("login/provider/return/", provider_views.come_back, name="provider-return"),
    path("login/kept/", kept_answers, name="kept-answers"),
    path("login/reset/", reset.ask, name="reset-ask"),
    path("login/reset/sent/", reset.sent, name="reset-sent"),
    path("login/reset/<str:uidb64>/<str:token>/", reset.NewPassword.as_view(), name="reset-password"),
    path("logout/", views.LogOut.as_view(), name="log-out"),
    path("first-user/", views.first_user, name="first-user"),
    path("language/", views.set_language, name="set_language"),
    path(SIGN_IN, factors.own_sign_in, name="mfa_index"),
    path(f"{SIGN_IN}app/", activate_totp, name="mfa_activate_totp"),
    path(f"{SIGN_IN}app/remove/", deactivate_totp, name="mfa_deactivate_totp"),
    path(f"{SIGN_IN}recovery-codes/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path(f"{SIGN_IN}recovery-codes/new/", generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(f"{SIGN_IN}recovery-codes/file/", download_recovery_codes, name="mfa_download_recovery_codes"),
    path(f"{SIGN_IN}passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path(f"{SIGN_IN}passkeys/new/", factors.NewPasskey.as_view(), name="mfa_add_webauthn"),
    path(f"{SIGN_IN}passkeys/<int:pk>/", edit_webauthn, name="mfa_edit_webauthn"),
    path(f"{SIGN_IN}passkeys/<int:pk>/remove/", remove_webauthn, name="mfa_remove_webauthn"),
    path(f"{SIGN_IN}sessions/<int:session_id>/end/", sessions.end_one, name="session-end"),
    path(f"{SIGN_IN}sessions/end-others/", sessions.end_others, name="sessions-end-others"),
]
