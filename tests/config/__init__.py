"""Tests of the settings and of the health check."""
