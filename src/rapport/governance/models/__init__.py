"""The tables of governance."""

from .own_field import OwnField, UsedKey

__all__ = ["OwnField", "UsedKey"]
