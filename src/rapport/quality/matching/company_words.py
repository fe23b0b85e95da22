"""What in the name of a company tells it from others: not its legal form, its branch, or that it is a group."""

from ..checking.companies import without_form

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_BRANCH = frozenset(
    """
    agence branch bijkantoor delegacion etablissement filiaal filial filiale fioktelep niederlassung oddzial pobocka
    podruznica sede sivuliike succursale sucursal sucursala vestiging zweigniederlassung zweigstelle
    """.split()  # noqa: SIM905
)
_LINKS = frozenset("in im de di en em i w we do da du of te van".split())  # noqa: SIM905
_LIGHT = frozenset(
    """
    holding holdings group gruppe groupe grupo gruppo groep grupa koncern company co cie cia the
    international internacional internazionale intl global worldwide europe europa iberia benelux nordic
    and und et y e ed en och og i
    austria belgie belgique belgium danmark deutschland espana france germany ireland italia italy nederland
    netherlands norge osterreich poland polska portugal schweiz spain suisse suomi sverige svizzera sweden uk usa
    """.split()  # noqa: SIM905
)
LIGHTLY = 0.25  # of what a word as rare would weigh


def telling_words(name: str) -> list[str]:
    """The words of a name that stands in small letters without accents: legal form and branch left out."""
    words = without_form(name.translate(_LETTERS)).replace(".", " ").split()
    kept = without_form(" ".join(_without_branch(words))).split()
    return kept or words


def is_light(word: str) -> bool:
    """Whether a word says of what kind a company is, or where, rather than which."""
    return word in _LIGHT


def is_short_for(short: str, word: str) -> bool:
    """Whether a word may be cut short to another: “transp” or “trnsprts” for “transports”."""
    if not 2 < len(short) <= 0.75 * len(word) or short[0] != word[0]:
        return False
    letters = iter(word)
    is_inside = all(letter in letters for letter in short)
    return word.startswith(short) or (is_inside and short[-1] == word[-1])


def _without_branch(words: list[str]) -> list[str]:
    """Cut where a branch is named: before “succursale de Lyon”, or before the place of “Leeds branch”."""
    for place, word in enumerate(words):
        if word not in _BRANCH or place == 0:
            continue
        following = words[place + 1 :]
        if not following:
            return words[: max(1, place - 1)]
        if len(following) <= 3:
            return words[:place]
    return [word for word in words if word not in _LINKS] or words
