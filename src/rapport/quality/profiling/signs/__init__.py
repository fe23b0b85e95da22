"""The signs of error, one file each: every one looks at the whole table and says which cells it suspects and why."""
