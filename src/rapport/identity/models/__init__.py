"""The tables of identity."""

from .api_token import ApiToken, ApiTokenUse
from .attempt import Attempt
from .field_rule import FieldRight, FieldRule
from .owned import OwnedRecord
from .provider import SecondFactorRule, SignOnLink, SignOnProvider
from .saved_view import Audience, SavedView
from .share import Share
from .sight_loss import SightLoss
from .team import Team
from .territory import Territory, TerritoryMember, TerritoryPlace
from .user import User
from .visibility import Scope, VisibilityRule

__all__ = [
    "ApiToken",
    "ApiTokenUse",
    "Attempt",
    "Audience",
    "FieldRight",
    "FieldRule",
    "OwnedRecord",
    "SavedView",
    "Scope",
    "SecondFactorRule",
    "Share",
    "SightLoss",
    "SignOnLink",
    "SignOnProvider",
    "Team",
    "Territory",
    "TerritoryMember",
    "TerritoryPlace",
    "User",
    "VisibilityRule",
]
