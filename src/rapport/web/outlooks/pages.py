"""Puts what is expected beside records."""

from rapport.web.records.panels import EVERYWHERE

from .panels import LifetimeValue

EVERYWHERE.extend((LifetimeValue,))
