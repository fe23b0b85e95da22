"""Rules set for a test."""

from rapport.core.actors import SYSTEM, acting_as
from rapport.identity.models import FieldRight, FieldRule
from rapport.identity.roles import Role


def hide(*fields: str, role: Role = Role.SELLER) -> None:
    """Hide fields ("organisation.vat_number") from a role."""
    _rule(fields, role, FieldRight.HIDDEN)


def lock(*fields: str, role: Role = Role.SELLER) -> None:
    """Let a role only read fields."""
    _rule(fields, role, FieldRight.READ)


def _rule(fields: tuple[str, ...], role: Role, right: FieldRight) -> None:
    with acting_as(SYSTEM):
        for field in fields:
            for_type, _, name = field.partition(".")
            FieldRule.create(role=role, for_type=for_type, field=name, right=right)
