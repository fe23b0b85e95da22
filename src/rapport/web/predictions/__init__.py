"""Predictions in the pages: chances with their reasons beside records, and what each prediction is worth."""
