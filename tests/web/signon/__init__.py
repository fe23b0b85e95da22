"""Signing on, as a person in a browser meets it."""
