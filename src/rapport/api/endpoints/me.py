"""Who one is here."""

from django.http import HttpResponse

from ..calls import Call, as_json
from ..collections import collections
from ..parameters import Parameters
from ..values import write_moment


def me(call: Call) -> HttpResponse:
    """The user that the token acts for, what the token may do, and which collections there are."""
    Parameters(call.request, known=())
    token = call.caller.token
    readable = [found for found in collections() if found.may_read(call.actor)]
    return as_json(
        {
            "user": {"id": str(token.user.pk), "name": token.user.name, "email": token.user.email},
            "role": token.user.role,
            "token": {"name": token.name, "scopes": token.scopes, "expires_at": write_moment(token.expires_at)},
            "collections": {found.name: f"/api/v1/{found.name}" for found in readable},
        }
    )
