"""Search over all collections at once."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rapport.core.search import search

from ..calls import Call, as_json
from ..collections import collections
from ..parameters import LONGEST_SEARCH, Parameters
from ..problems import wrong_parameter


def find(call: Call) -> HttpResponse:
    """The records that best answer a question, best first."""
    asked = Parameters(call.request, known=("q", "types", "limit"))
    readable = {found.record_type: found for found in collections() if found.may_read(call.actor)}
    types = asked.names("types")
    for name in types:
        if name not in readable:
            known = ", ".join(readable)
            raise wrong_parameter("types", _("“%(text)s” is none of: %(known)s.") % {"text": name[:60], "known": known})
    if not asked.text("q", most=LONGEST_SEARCH).strip():
        raise wrong_parameter("q", _("Say what to search for."))
    size = asked.number("limit", 20, least=1, most=100)
    hits = search(call.actor, asked.text("q", most=LONGEST_SEARCH), types=types or list(readable), limit=size)
    return as_json(
        {
            "items": [
                {"type": hit.record_type, "id": str(hit.record_id), "title": hit.title, "score": round(hit.score, 1)}
                for hit in hits
            ]
        }
    )
