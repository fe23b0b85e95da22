"""`./rapport bench predictions`: what the product learns, beside plain learners on the same splits, on public tables.

Each part prints a table in Markdown for `docs/reference/benchmarks-predictions.md`. Nothing is asserted; what is absent
is skipped with a sentence.
"""
