"""Puts the panel of data quality beside records."""

from rapport.web.records.panels import EVERYWHERE

from .panels import Quality

EVERYWHERE.append(Quality)
