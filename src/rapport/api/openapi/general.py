"""The operations that are not about one collection: who one is, search, next actions, undo."""

from django.utils.translation import gettext as _

from ..parameters import LONGEST_SEARCH
from ..values import Schema
from .operations import (
    IDEMPOTENCY_KEY,
    WRITING_REFUSED,
    Operation,
    Paths,
    answer,
    in_path,
    limit,
    operation,
    query,
    ref,
)

_TYPES: Schema = {"type": "string", "pattern": "^[a-z0-9_]+(,[a-z0-9_]+)*$"}
_SEARCHED: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_SEARCH, "pattern": r"\S"}
_ABOUT: Schema = {"type": "string", "pattern": "^[a-z0-9_]+:[0-9a-fA-F-]{36}$"}


def common_paths() -> Paths:
    """What is not about one collection."""
    me = {200: answer(_("Oneself."), ref("Me"))}
    yield "/me", "get", operation("me", _("Who one is here"), tag="General", answers=me)
    yield "/search", "get", _search()
    yield "/next-actions", "get", _next_actions()
    yield "/events/{event_id}/undo", "post", _undo()


def _search() -> Operation:
    return operation(
        *("search", _("Search all collections")),
        tag="General",
        answers={200: answer(_("The best first."), ref("SearchHits"))},
        parameters=[
            query("q", "What to search for.", _SEARCHED, required=True),
            query("types", "Only these types, separated by commas.", _TYPES),
            limit(100, 20),
        ],
    )


def _next_actions() -> Operation:
    about = "Only what could be done about this record: its type, a colon and its id."
    return operation(
        *("next_actions", _("What to do next")),
        tag="General",
        answers={200: answer(_("What brings most an hour comes first."), ref("NextActions"))},
        parameters=[query("about", about, _ABOUT), limit(100, 20)],
    )


def _undo() -> Operation:
    event = in_path("event_id", "The number in `Rapport-Event` or in a history.", {"type": "integer", "minimum": 1})
    return operation(
        *("undo_event", _("Undo what was done")),
        tag="General",
        answers={200: answer(_("What was undone."), ref("UndoOutcome"), "Rapport-Event")},
        parameters=[event, IDEMPOTENCY_KEY],
        refused=WRITING_REFUSED,
    )
