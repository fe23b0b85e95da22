"""What the records say when they are taken together: findings on how the team sells.

Words: a *pattern* is a way of working that may have been followed or not; a *case* is one opportunity in one of its
stages; a *review* is one look at all patterns over the whole history, kept as it was found.

It knows nothing of single predictions (`intelligence`) nor of errors in data (`quality`).
"""
