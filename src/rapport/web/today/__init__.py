"""Today: what asks for attention now. Only what is true is shown; a part with nothing in it is left out.

One's own day first; who leads a team has a second tab with the team's.
"""
