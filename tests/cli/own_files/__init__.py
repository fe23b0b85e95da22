"""Analysts try the product's intelligence on files of their own, from the command line, without a database."""
