"""Puts chances beside records."""

from rapport.web.records.panels import EVERYWHERE

from .panels import Chance

EVERYWHERE.insert(0, Chance)
