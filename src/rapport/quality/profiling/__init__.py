"""Errors in any table, cell by cell."""
