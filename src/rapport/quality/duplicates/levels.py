"""How far two values agree: the same, nearly the same, different, or not to be told because one is missing."""

from enum import IntEnum

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from .tables import Kind

_NEAR_NAME = 0.92
_LONG_ENOUGH = 6
_LONG_NAME = 4


class Level(IntEnum):
    """How far two values agree."""

    SAME = 0
    NEAR = 1
    DIFFERENT = 2
    UNKNOWN = 3


def level_of(kind: Kind, left: str, right: str) -> Level:
    """The level at which two values of a column agree."""
    if not left or not right:
        return Level.UNKNOWN
    if left == right:
        return Level.SAME
    return Level.NEAR if _is_near(kind, left, right) else Level.DIFFERENT


def _is_near(kind: Kind, left: str, right: str) -> bool:
    if kind is Kind.EXACT:
        return False
    if kind is Kind.CODE:
        return min(len(left), len(right)) >= _LONG_ENOUGH and _is_slip(left, right)
    if kind is Kind.PHONE:
        return sorted(left) == sorted(right) and _is_slip(left, right)  # extensions of one house differ in a digit
    if kind is Kind.GIVEN_NAME and 1 in (len(left), len(right)):
        return left[0] == right[0]
    return (kind is Kind.FAMILY_NAME and _is_part(left, right)) or _is_near_name(left, right)


def _is_near_name(left: str, right: str) -> bool:
    same_words = len(left) == len(right) and sorted(left.split()) == sorted(right.split())
    if same_words or (min(len(left), len(right)) >= _LONG_NAME and _is_slip(left, right)):
        return True
    return JaroWinkler.similarity(left, right) >= _NEAR_NAME


def _is_part(left: str, right: str) -> bool:
    """One of two surnames, without the other."""
    few, many = sorted((set(left.split()), set(right.split())), key=len)
    return few < many and len("".join(few)) >= _LONG_NAME


def _is_slip(left: str, right: str) -> bool:
    """One key too many, missing, wrong or swapped."""
    return DamerauLevenshtein.distance(left, right, score_cutoff=1) <= 1
