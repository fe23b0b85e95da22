"""The two numbers of the top bar - notifications not read, proposals to decide - in one question."""

from dataclasses import dataclass

from rapport.core.actors import Actor
from rapport.core.prepared import rows_of

_MOST = 100
_COUNT = """
SELECT (SELECT count(*) FROM (SELECT FROM activities_notification WHERE user_id = %(user)s AND read_at IS NULL
                               LIMIT %(most)s) unread),
       (SELECT count(*) FROM (SELECT FROM oversight_proposal WHERE asked_id = %(user)s AND state = 'pending'
                               LIMIT %(most)s) waiting)
"""


@dataclass(frozen=True)
class Counts:
    """Both numbers, each counted up to a hundred."""

    unread: int = 0
    proposals: int = 0


def counts_for(actor: Actor) -> Counts:
    """What waits for somebody; nothing for who is not signed in."""
    if actor.user_id is None:
        return Counts()
    [(unread, proposals)] = rows_of(_COUNT, {"user": actor.user_id, "most": _MOST})
    return Counts(int(unread), int(proposals))
