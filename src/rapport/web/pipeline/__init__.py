"""Pages of opportunities."""
