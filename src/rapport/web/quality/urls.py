"""Addresses of data quality."""

from django.urls import path

from . import board, deciding, own_rules, settling, typing, worklist

urlpatterns = [
    path("quality/", board.board, name="quality"),
    path("quality/compared/", board.compared, name="quality-compared"),
    path("quality/run/", board.run, name="quality-run"),
    path("quality/digest/", board.digest, name="quality-digest"),
    path("quality/rules/<str:rule>/", worklist.worklist, name="quality-worklist"),
    path("quality/rules/<str:rule>/take/", deciding.take_several, name="quality-take"),
    path("quality/findings/<int:finding_id>/take/", deciding.take_one, name="quality-take-one"),
    path("quality/findings/<int:finding_id>/dismiss/", deciding.dismiss, name="quality-dismiss"),
    path("quality/disagreements/<int:finding_id>/", settling.settle, name="quality-settle"),
    path("quality/precedence/", settling.precedence, name="quality-precedence"),
    path("quality/verdict/<str:checked_type>/<str:checked_field>/", typing.verdict, name="quality-verdict"),
    path("quality/own/", own_rules.own_rules, name="quality-own"),
    path("quality/own/new/", own_rules.new, name="quality-own-new"),
    path("quality/own/<uuid:ownrule_id>/", own_rules.change, name="quality-own-change"),
    path("quality/own/<uuid:ownrule_id>/remove/", own_rules.remove, name="quality-own-remove"),
]
