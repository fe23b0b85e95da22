"""The panel of proposals stands beside every kind of record."""

from rapport.web.records.panels import EVERYWHERE

from .panels import Proposals

EVERYWHERE.append(Proposals)
