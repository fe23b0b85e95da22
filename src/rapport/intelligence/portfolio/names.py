"""Which signals speak for what; in a file of its own, for pages name them without loading what measures them."""

DIRECT = ("revenue", "months", "held")
"""Volume, safeguard by steadiness, safeguard by contract. Profit has no signal: costs are not in the data."""
INDIRECT = ("early", "linked", "contacts")
"""Innovation (products bought when they were new), market and access (customers linked to them), scout (contacts)."""
BOND = ("tenure", "families", "contacts", "people", "months", "held")
SIGNALS = tuple(dict.fromkeys((*DIRECT, *INDIRECT, *BOND)))
