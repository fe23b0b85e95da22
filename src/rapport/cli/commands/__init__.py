"""The commands. Each module here has a `COMMAND`; nothing else needs to be told about it."""
