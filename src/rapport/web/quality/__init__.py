"""Pages of data quality: the board, worklists, rules of one's own."""
