"""What rules, territories and shares say about one user now: asked for in one query at the start of each request.

The same query tells whether this process must read again what it keeps in memory (see `core.editions`).
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rapport.core.clock import today
from rapport.core.editions import catch_up
from rapport.core.prepared import rows_of
from rapport.core.telling import with_what_tells

_RULES = """
WITH RECURSIVE mine AS (
    SELECT id FROM identity_team WHERE id = %(team)s
    UNION SELECT below.id FROM identity_team below JOIN mine ON below.parent_id = mine.id AND %(leads)s
)
SELECT 'scope', for_type, scope FROM identity_visibilityrule
UNION ALL SELECT "right", for_type, field FROM identity_fieldrule WHERE role = %(role)s
UNION ALL SELECT 'edition', name, value FROM core_edition
UNION ALL SELECT 'team', id::text, '' FROM mine
UNION ALL SELECT DISTINCT 'share', for_type, '' FROM identity_share
    WHERE (user_id = %(user)s OR team_id IN (TABLE mine)) AND (until IS NULL OR until >= %(today)s)
UNION ALL SELECT 'territory', territory.id::text, CASE WHEN may_edit THEN 'edit' ELSE '' END
    FROM identity_territorymember member JOIN identity_territory territory ON territory.id = member.territory_id
    WHERE member.user_id = %(user)s OR member.team_id IN (TABLE mine)
"""


@dataclass(frozen=True)
class RightsInForce:
    """What was found.

    The teams of the user; scope by record type; the fields ("organisation.vat_number") that are hidden, or may not be
    changed; the types of which single records are shared with the user; the territories the user belongs to, and those
    it edits in.
    """

    team_ids: frozenset[UUID]
    scopes: dict[str, str]
    hidden_fields: frozenset[str]
    locked_fields: frozenset[str]
    shared_types: frozenset[str]
    territory_ids: frozenset[UUID]
    edited_territory_ids: frozenset[UUID]


def rights_in_force(user_id: UUID, role: str, team_id: UUID | None, *, leads_team: bool) -> RightsInForce:
    """What holds for a user of this role in this team and, who leads it, all below; what is hidden is locked, too."""
    asked: dict[str, Any] = {"role": role, "user": user_id, "team": team_id, "leads": leads_team, "today": today()}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, name, value in rows_of(_RULES, asked):
        found[kind].append((name, value))
    catch_up(dict(found["edition"]))
    ruled, locked = ({f"{for_type}.{name}" for for_type, name in found[kind]} for kind in ("hidden", "read"))
    hidden = with_what_tells(ruled)
    return RightsInForce(
        team_ids=frozenset(UUID(key) for key, _nothing in found["team"]),
        scopes=dict(found["scope"]),
        hidden_fields=hidden,
        locked_fields=hidden | locked,
        shared_types=frozenset(for_type for for_type, _nothing in found["share"]),
        territory_ids=frozenset(UUID(key) for key, _may_edit in found["territory"]),
        edited_territory_ids=frozenset(UUID(key) for key, may_edit in found["territory"] if may_edit),
    )
