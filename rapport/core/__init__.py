"""Actors, verbs, events, undo, registries, jobs, money and time. No business word in it."""
