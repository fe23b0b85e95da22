"""The description of the API for programs."""

from django.http import HttpResponse

from ..calls import Call, as_json
from ..openapi import document_for
from ..parameters import Parameters


def description(call: Call) -> HttpResponse:
    """OpenAPI 3.1, of what this token may do."""
    Parameters(call.request, known=())
    return as_json(document_for(call.actor))
