"""Somebody of our own company who owns records and may sign in.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from ..records import ReadOnlyCollection


@dataclass(frozen=True)
class User:
    """Somebody of our own company who owns records and may sign in."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    name: str | None = None
    email: str | None = None
    role: Literal["administrator", "manager", "seller", "support", "read-only", "auditor"] | None = None
    team: str | None = None
    manager: str | None = None
    job_title: str | None = None
    phone: str | None = None
    language: Literal["en", "fr", "pt"] | None = None
    time_zone: str | None = None
    is_active: bool | None = None
    more: dict[str, Any] = field(default_factory=dict)


class UserCollection(ReadOnlyCollection[User]):
    """Somebody of our own company who owns records and may sign in."""

    path = "users"
    kind = User
