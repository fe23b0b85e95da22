"""The tables of identity."""

from .owned import OwnedRecord
from .saved_view import Audience, SavedView
from .team import Team
from .user import User
from .visibility import Scope, VisibilityRule

__all__ = ["Audience", "OwnedRecord", "SavedView", "Scope", "Team", "User", "VisibilityRule"]
