"""Organisations, people and affiliations in the dictionary."""

from . import affiliation, organisation, person

__all__ = ["affiliation", "organisation", "person"]
