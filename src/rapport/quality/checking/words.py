"""Lists of words that checks know, one word a line in `lists/`."""

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words of `lists/<name>.txt`; lines that begin with # are remarks."""
    lines = (files(__package__) / "lists" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
