"""How people mistype: what one slip of the fingers makes of a word.

The kinds of slip (a letter left out, doubled, swapped with its neighbour, or hit beside) are those of Damerau, "A
technique for computer detection and correction of spelling errors", 1964. A slip in the first letter is rare and is not
considered: it would turn one real name into another too often.
"""

from collections.abc import Iterable
from functools import cache

_ROWS = {
    "qwerty": ("1234567890-", "qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "azerty": ("1234567890-", "azertyuiop", "qsdfghjklm", "wxcvbn"),
}


def is_slip(typed: str, meant: str) -> bool:
    """Whether `typed` is `meant` with one slip after the first letter."""
    if typed == meant or not typed or typed[0] != meant[0]:
        return False
    return _is_swap(typed, meant) or _is_left_out(meant, typed) or _is_added(typed, meant) or _is_beside(typed, meant)


def slips_of(typed: str, words: Iterable[str]) -> list[str]:
    """The words that `typed` may be a slip of."""
    return [word for word in words if is_slip(typed, word)]


def _is_swap(typed: str, meant: str) -> bool:
    if len(typed) != len(meant):
        return False
    places = [place for place, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    first, second = places
    return typed[first] == meant[second] and typed[second] == meant[first]


def _is_left_out(longer: str, shorter: str) -> bool:
    return len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(1, len(longer))
    )


def _is_added(typed: str, meant: str) -> bool:
    """One letter too many: the same twice, or one that lies beside its neighbour."""
    if len(typed) != len(meant) + 1:
        return False
    for place in range(1, len(typed)):
        if typed[:place] + typed[place + 1 :] == meant:
            around = {typed[place - 1], *typed[place + 1 : place + 2]}
            if typed[place] in around or any(_lie_beside(typed[place], near) for near in around):
                return True
    return False


def _is_beside(typed: str, meant: str) -> bool:
    if len(typed) != len(meant):
        return False
    wrong = [(one, other) for one, other in zip(typed, meant, strict=True) if one != other]
    return len(wrong) == 1 and _lie_beside(*wrong[0])


@cache
def _lie_beside(one: str, other: str) -> bool:
    return any(
        abs(first.find(one) - second.find(other)) <= 1
        for rows in _ROWS.values()
        for line, first in enumerate(rows)
        for second in rows[max(line - 1, 0) : line + 2]
        if one in first and other in second
    )
