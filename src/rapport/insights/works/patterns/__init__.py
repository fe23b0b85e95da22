"""Ways of working that may help: one file each, named after the pattern, with a `PATTERN`."""
