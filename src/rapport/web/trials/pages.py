"""Puts the question to be answered first beside records."""

from rapport.web.records.panels import EVERYWHERE

from .panels import AskedFirst

EVERYWHERE.insert(0, AskedFirst)
