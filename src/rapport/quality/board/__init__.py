"""The board's questions: what is wrong, whose it is, where it came from, what it costs - as far as one may see it."""
