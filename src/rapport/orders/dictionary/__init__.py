"""Orders and contracts in the dictionary."""

from . import contracts, orders  # noqa: F401 - each describes its types
