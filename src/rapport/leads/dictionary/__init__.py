"""Leads and campaigns in the dictionary."""

from . import campaign, lead

__all__ = ["campaign", "lead"]
