"""Scores: given to all records of a question at night, and to each anew within seconds of a change."""
