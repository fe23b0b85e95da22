"""The tables of governance."""

from .own_field import OwnField, UsedKey
from .own_record import OwnRecord
from .own_type import OwnType

__all__ = ["OwnField", "OwnRecord", "OwnType", "UsedKey"]
