"""Outlooks in the pages: figures, dates, kinds and offers beside records, and what each outlook is worth."""
