"""The dictionary's entries for the record types of the layer below, `identity`."""

from . import identity as identity
