"""Addresses that do not exist."""

from django.http import HttpResponse

from ..calls import Call
from ..problems import not_found


def nothing(_call: Call, **_address: object) -> HttpResponse:
    """404, in words."""
    raise not_found()
