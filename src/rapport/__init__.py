"""Rapport: an AI-CRM for business-to-business sales teams that proves what it says."""

__version__ = "0.1.0"
