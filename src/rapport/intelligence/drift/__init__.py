"""Drift: whether the world moved since a live version was learned - what goes in, what comes out, and what came of it.

`comparing` compares two samples so that false alarms stay rare though it looks every night; `watching` does so for the
live version of each prediction and rings an alarm, which lowers what machines do because of it.
"""
