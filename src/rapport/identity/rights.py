"""What rules, territories and shares say about one user now: asked for in one query at the start of each request.

The same query tells whether this process must read again what it keeps in memory (see `core.editions`).
"""

from dataclasses import dataclass

from django.db import connection

from rapport.core.editions import catch_up

from .models.field_rule import FieldRight

_RULES = """
SELECT 'scope', for_type, scope FROM identity_visibilityrule
UNION ALL SELECT "right", for_type, field FROM identity_fieldrule WHERE role = %s
UNION ALL SELECT 'edition', name, value FROM core_edition
"""


@dataclass(frozen=True)
class RightsInForce:
    """Scope by record type, and the fields ("organisation.vat_number") that are hidden, or may not be changed."""

    scopes: dict[str, str]
    hidden_fields: frozenset[str]
    locked_fields: frozenset[str]


def rights_in_force(role: str) -> RightsInForce:
    """The rules for a role; what is hidden is locked, too."""
    with connection.cursor() as cursor:
        cursor.execute(_RULES, [role])
        rows = cursor.fetchall()
    catch_up({name: value for kind, name, value in rows if kind == "edition"})
    fields = [(kind, f"{for_type}.{name}") for kind, for_type, name in rows if kind not in ("scope", "edition")]
    return RightsInForce(
        scopes={for_type: scope for kind, for_type, scope in rows if kind == "scope"},
        hidden_fields=frozenset(name for kind, name in fields if kind == FieldRight.HIDDEN),
        locked_fields=frozenset(name for _kind, name in fields),
    )
