"""Slips of the fingers, as keys lie beside each other."""

import random

_AROUND = """
    q:wa w:esq e:rdw r:tfe t:ygr y:uht u:ijy i:oku o:pli p:o a:qsz s:weadzx d:erfcs f:rtgdvx g:tyhfbc h:yujgn j:uikhm
    k:iojl l:kop z:asx x:zsdc c:xdfv v:cfgb b:vghn n:bhjm m:njk
"""
_BESIDE = dict(pair.split(":") for pair in _AROUND.split())


def slip(text: str, dice: random.Random) -> str:
    """A slip of the fingers after the first letter: left out, doubled, swapped or hit beside."""
    places = [place for place in range(1, len(text)) if text[place].isalpha()]
    if len(places) < 2:
        return text
    place = dice.choice(places)
    following = text[place + 1 : place + 2]
    beside = dice.choice(_BESIDE.get(text[place].lower(), text[place]))
    return dice.choice(
        (
            text[:place] + text[place + 1 :],
            text[:place] + text[place] + text[place:],
            text[:place] + following + text[place] + text[place + 2 :],
            text[:place] + beside + text[place + 1 :],
        )
    )
