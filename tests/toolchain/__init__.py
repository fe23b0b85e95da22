"""Tests of `./run`, `./rapport` and the embedded database."""
