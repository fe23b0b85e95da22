"""Estimated values on pages: what they rest on, accepting and refusing them, and how good they are by field."""
