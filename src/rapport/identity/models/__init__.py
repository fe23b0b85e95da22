"""The tables of identity."""

from .owned import OwnedRecord
from .team import Team
from .user import User
from .visibility import Scope, VisibilityRule

__all__ = ["OwnedRecord", "Scope", "Team", "User", "VisibilityRule"]
