"""The data-quality benchmark: what `profile`, `check`, `match` and imputation find, beside simple methods.

`invented` makes clean tables, `corruption` puts seeded errors of many kinds into any table.
"""
