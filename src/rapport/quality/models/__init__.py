"""The tables of data quality."""
