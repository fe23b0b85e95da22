"""Pages of orders and contracts."""
