"""Our share of markets: what was won in them, over how large somebody entered that they are.

Words: a *market* is an industry, a country, both, or organisations that meet conditions under a name of their own; its
*size* is what all sellers together sell in it in a year; a share is *doubtful* where what was won isn't known well
enough, or is more than the whole market.
"""
