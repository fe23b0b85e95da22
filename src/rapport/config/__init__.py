"""Settings, addresses and the entry point of the server: the only place that knows every package.

Nothing imports it by name; it is found through `DJANGO_SETTINGS_MODULE`.
"""
