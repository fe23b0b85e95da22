"""Trials of people against the machine."""
