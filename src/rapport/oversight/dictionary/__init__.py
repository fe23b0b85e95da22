"""Oversight in the dictionary."""

from . import machines, trials  # noqa: F401 - each describes its types
