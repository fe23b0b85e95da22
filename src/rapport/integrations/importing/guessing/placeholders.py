"""What people and systems write where they have nothing to say: “n/a”, “-”, “none”."""

from functools import lru_cache

_PLACEHOLDERS = frozenset(
    (
        *("n/a", "na", "n.a.", "#n/a", "-", "--", "---", "–", "—", "?", "none", "null", "nil", "nan", "(blank)", "tbd"),
        *("unknown", "not available", "aucun", "aucune", "néant", "inconnu", "nenhum", "nenhuma", "desconhecido"),
    )
)


@lru_cache(maxsize=65_536)
def is_placeholder(text: str) -> bool:
    """Whether a cell stands for nothing, where numbers, dates or addresses are expected."""
    return len(text) <= 20 and text.strip().lower() in _PLACEHOLDERS
