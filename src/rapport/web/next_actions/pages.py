"""Puts what to do next beside records."""

from rapport.web.records.panels import EVERYWHERE

from .panels import NextActions

EVERYWHERE.insert(0, NextActions)
