"""The views of record pages: each finds what is visible, calls one verb or one query, and renders."""
