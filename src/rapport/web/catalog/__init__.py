"""Pages of products and price lists."""
