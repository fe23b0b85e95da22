"""Benchmarks: how fast pages and imports are, on data made here with realistic skew.

`./rapport bench pages` and `./rapport bench import` run them in a home folder of their own. Nothing here is asserted:
figures are printed as a table and quoted in `docs/reference/benchmarks.md` with the command that made them.
"""
