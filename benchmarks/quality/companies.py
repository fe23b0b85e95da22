"""Names of invented companies in the style of registers of nine languages, many of them twice: a blind test.

The way `match` compares names was made before these existed. What was learned from the first look, and which figures
are blind since, stands in `docs/reference/benchmarks-quality.md`.
"""

import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.quality.tongues import COINED, LETTERS, SHORT, TONGUES, Tongue

SEED = "names nobody tuned on, 22 November 2026"
_COMPANIES = 2_000
_TWICE = 0.35


@dataclass(frozen=True)
class _Company:
    stem: str
    form: str
    tongue: Tongue


def names_and_groups(*, crowded: bool) -> tuple[list[str], list[int]]:
    """The names in a drawn order, and for each the company it stands for.

    Where it is crowded, ten surnames a language make most companies namesakes of several others.
    """
    dice = random.Random(f"{SEED}{'' if crowded else ', many surnames'}")
    rows: list[tuple[str, int]] = []
    companies = _companies(dice, crowded=crowded)
    for number, company in enumerate(companies):
        plain = f"{company.stem} {company.form}"
        forms = [plain]
        if dice.random() < _TWICE:
            forms += [_changed(company, dice) for _time in range(dice.choice((1, 1, 1, 2)))]
        rows += [(form, number) for form in dict.fromkeys(forms)]
    dice.shuffle(rows)
    return [name for name, _number in rows], [number for _name, number in rows]


def _companies(dice: random.Random, *, crowded: bool) -> list[_Company]:
    """Each stem once; many share a surname, a trade or a coined word with others."""
    stems: Counter[str] = Counter()
    found: list[_Company] = []
    while len(found) < _COMPANIES:
        tongue = dice.choice(TONGUES)
        stem = _stem(tongue, dice, crowded=crowded)
        stems[stem.casefold()] += 1
        if stems[stem.casefold()] == 1:
            found.append(_Company(stem, dice.choice(list(tongue.forms)), tongue))
    return found


def _surname(tongue: Tongue, dice: random.Random, *, crowded: bool) -> str:
    starts, ends = tongue.parts
    return dice.choice(tongue.surnames) if crowded else dice.choice(starts.split()) + dice.choice(ends.split())


def _stem(tongue: Tongue, dice: random.Random, *, crowded: bool) -> str:
    surname, partner = (_surname(tongue, dice, crowded=crowded) for _person in range(2))
    trade, town = dice.choice(tongue.trades), dice.choice(tongue.towns)
    coined = f"{dice.choice(COINED[0])}{dice.choice(COINED[0])}{dice.choice(COINED[1])}".capitalize()
    initial = dice.choice("ABCDEFGHJKLMNPRSTVW")
    return dice.choice(
        (
            *(f"{surname} {trade}", f"{surname} & {partner} {trade}"),
            *(f"{coined} {trade}", f"{coined} {trade} {town}", f"{trade} {surname} {town}", coined),
            *(f"{coined} International", f"{initial}. {surname} {trade}", f"{surname} {coined}"),
        )
    )


def _changed(company: _Company, dice: random.Random) -> str:
    """Another way in which a list, a register or a person writes the same company: one change of each of one or two."""
    stem, form = company.stem, company.form
    for change in dice.sample(CHANGES, dice.choice((1, 1, 2))):
        stem = change(stem, company.tongue, dice)
    if dice.random() < 0.6:
        form = dice.choice(company.tongue.forms[form])
    name = f"{stem} {form}".strip()
    return _in_capitals(name) if dice.random() < 0.15 else name


def _in_capitals(name: str) -> str:
    return _bare(name).upper()


def _bare(name: str) -> str:
    return unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L")).encode("ascii", "ignore").decode()


def _abbreviated(stem: str, tongue: Tongue, dice: random.Random) -> str:
    known = [word for word in stem.split() if word in SHORT]
    if not known:
        return _slip(stem, tongue, dice)
    word = dice.choice(known)
    return stem.replace(word, SHORT[word])


def _held(stem: str, tongue: Tongue, dice: random.Random) -> str:
    del tongue
    return f"{stem} {dice.choice(('Holding', 'Group', 'Gruppe', 'Groupe', 'Grupo', 'International'))}"


def _branch(stem: str, tongue: Tongue, dice: random.Random) -> str:
    return f"{stem} {dice.choice(tongue.branches).format(dice.choice(tongue.towns))}"


def _reordered(stem: str, tongue: Tongue, dice: random.Random) -> str:
    del tongue
    words = stem.split()
    first = words.pop(0)
    return f"{' '.join(words)}{dice.choice((' ', ', '))}{first}" if words else first


def _without_accents(stem: str, tongue: Tongue, dice: random.Random) -> str:
    if dice.random() < 0.5:
        stem = "".join(LETTERS.get(char, char) for char in stem)
    return _bare(stem) if not stem.isascii() else _slip(stem, tongue, dice)


def _slip(stem: str, tongue: Tongue, dice: random.Random) -> str:
    del tongue
    place = dice.randrange(1, len(stem) - 1)
    kept, char, rest = stem[:place], stem[place], stem[place + 1 :]
    return dice.choice((kept + rest, kept + char * 2 + rest, kept + rest[:1] + char + rest[1:]))


def _joined(stem: str, tongue: Tongue, dice: random.Random) -> str:
    """Written together, with a hyphen, or with another word for “and”."""
    if " & " in stem:
        return stem.replace(" & ", dice.choice((" and ", " und ", " et ", " y ", " e ", "+", "/")))
    words = stem.split()
    return f"{words[0]}{dice.choice(('-', ''))}{' '.join(words[1:])}" if len(words) > 1 else _slip(stem, tongue, dice)


def _shortened(stem: str, tongue: Tongue, dice: random.Random) -> str:
    """The last word is left out."""
    words = stem.split()
    return " ".join(words[:-1]) if len(words) > 2 else _slip(stem, tongue, dice)


Change = Callable[[str, Tongue, random.Random], str]
CHANGES: Sequence[Change] = (
    *(_abbreviated, _held, _branch, _reordered, _without_accents, _slip, _slip, _joined, _shortened),
)
