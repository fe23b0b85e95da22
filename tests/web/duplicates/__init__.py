"""Tests of the pages of duplicates."""
