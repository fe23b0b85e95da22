"""Benchmarks: how fast pages, programs' requests, imports and more are, and how good predictions and data quality.

`./rapport bench WHAT` runs one in a home folder of its own, on data made here with realistic skew or on public tables
(`RAPPORT_DATA`). No figure is asserted: they are printed as tables and quoted in `docs/reference/benchmarks*.md` with
the command that made them.
"""
