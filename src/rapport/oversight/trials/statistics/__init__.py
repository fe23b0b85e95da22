"""The statistics of trials, in plain numbers: no tables, no pages."""
