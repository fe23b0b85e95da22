"""Pages for people who are not users: the public form through which leads come in."""
