"""Addresses of proposals and of AI control."""

from django.urls import path

from . import answering, control, ledger, proposals, rates, runs, watching

urlpatterns = [
    path("proposals/", proposals.inbox, name="proposals"),
    path("proposals/several/", proposals.several, name="proposals-several"),
    path("proposals/<uuid:proposal_id>/", proposals.one, name="proposal"),
    path("proposals/<uuid:proposal_id>/accept/", proposals.accept, name="proposal-accept"),
    path("proposals/<uuid:proposal_id>/answer/", answering.answer, name="proposal-answer"),
    path("proposals/<uuid:proposal_id>/edit/", proposals.edit, name="proposal-edit"),
    path("proposals/<uuid:proposal_id>/reject/", proposals.reject, name="proposal-reject"),
    path("ai-control/", control.overview, name="ai-control"),
    path("ai-control/stop/", control.stop, name="ai-stop"),
    path("ai-control/release/", control.release, name="ai-release"),
    path("ai-control/level/<str:action_name>/", control.level, name="ai-level"),
    path("ai-control/plants/", watching.plants, name="ai-plants"),
    path("ai-control/ask-first/", watching.ask_first, name="ai-ask-first"),
    path("ai-control/drill/", watching.drill, name="ai-drill"),
    path("ai-control/alarms/<uuid:alarm_id>/end/", watching.end_alarm, name="ai-alarm-end"),
    path("ai-control/runs/", runs.runs, name="ai-runs"),
    path("ai-control/runs/<uuid:machinerun_id>/", runs.run, name="ai-run"),
    path("ai-control/runs/<uuid:machinerun_id>/undo/", runs.undo, name="ai-run-undo"),
    path("ai-control/ledger/", ledger.ledger, name="ai-ledger"),
    path("ai-control/ledger/export/", ledger.export, name="ai-ledger-export"),
    path("ai-control/you/", rates.own, name="ai-own"),
]
