"""Addresses of the settings."""

from django.urls import path

from . import (
    account,
    currencies,
    dictionary,
    history,
    index,
    jobs,
    roles,
    stages,
    teams,
    tokens,
    user_sign_on,
    users,
    visibility,
)

urlpatterns = [
    path("settings/", index.overview, name="settings"),
    path("settings/account/", account.account, name="settings-account"),
    path("settings/account/password/", account.password, name="settings-password"),
    path("settings/tokens/", tokens.tokens, name="settings-tokens"),
    path("settings/tokens/<uuid:token_id>/revoke/", tokens.revoke, name="settings-token-revoke"),
    path("settings/users/", users.users, name="settings-users"),
    path("settings/users/<uuid:user_id>/password/", users.set_password, name="settings-user-password"),
    path("settings/users/<uuid:user_id>/sign-on/", user_sign_on.sign_on, name="settings-user-sign-on"),
    path("settings/users/<uuid:user_id>/reset-link/", user_sign_on.reset_link, name="settings-user-reset-link"),
    path("settings/users/<uuid:user_id>/reset-factors/", user_sign_on.reset_factors, name="settings-user-factors"),
    path("settings/users/<uuid:user_id>/sign-out/", user_sign_on.sign_out, name="settings-user-sign-out"),
    path("settings/users/<uuid:user_id>/activity/", users.switch, name="settings-user-switch"),
    path("settings/teams/", teams.teams, name="settings-teams"),
    path("settings/roles/", roles.roles, name="settings-roles"),
    path("settings/visibility/", visibility.visibility, name="settings-visibility"),
    path("settings/currencies/", currencies.currencies, name="settings-currencies"),
    path("settings/stages/", stages.stages, name="settings-stages"),
    path("settings/stages/new/", stages.add, name="settings-stage-new"),
    path("settings/stages/<uuid:stage_id>/", stages.edit, name="settings-stage"),
    path("settings/stages/<uuid:stage_id>/move/", stages.move, name="settings-stage-move"),
    path("settings/stages/<uuid:stage_id>/remove/", stages.remove, name="settings-stage-remove"),
    path("settings/dictionary/", dictionary.types, name="settings-dictionary"),
    path("settings/dictionary/<slug:record_type>/", dictionary.fields, name="settings-dictionary-type"),
    path("settings/history/", history.events, name="settings-history"),
    path("settings/history/verify/", history.verify, name="settings-history-verify"),
    path("settings/jobs/", jobs.jobs, name="settings-jobs"),
    path("settings/jobs/<int:job_id>/<slug:action>/", jobs.act, name="settings-job-action"),
]
