"""Signing on and off, and the page that makes the very first user.

It does not manage users: that is done in the settings by an administrator.
"""
