"""The pages of duplicates: groups to look through, records side by side, merging with a choice of values."""
