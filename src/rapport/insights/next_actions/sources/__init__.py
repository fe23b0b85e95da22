"""The sources of suggestions, one a file; each defines `SOURCE`. They know of no other."""
