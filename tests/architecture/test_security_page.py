"""The page about security answers every item of ASVS 5.0 levels 1 and 2 once, and names only tests that exist."""

import re
from collections import Counter

from rapport.core.home import CHECKOUT

PAGE = CHECKOUT / "docs" / "reference" / "security.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| [^|]+ \| (met|partly|open|n/a) \|", re.MULTILINE)
NAMED = re.compile(r"`((?:tests|docs)/[\w/.]+|requirements\.lock|package-lock\.json)(?:::(\w+))?`")
LINK = re.compile(r"\]\(([^)#]+?)\)")
AT_LEVEL_1, AT_LEVEL_2 = 70, 183
CHAPTERS = {
    1: 27,
    2: 11,
    3: 19,
    4: 10,
    5: 9,
    6: 35,
    7: 18,
    8: 7,
    9: 7,
    10: 29,
    11: 14,
    12: 9,
    13: 13,
    14: 9,
    15: 13,
    16: 16,
    17: 7,
}


def test_every_item_is_answered_once() -> None:
    found = ROW.findall(PAGE.read_text())
    assert len({item for item, _level, _answer in found}) == len(found)
    assert Counter(level for _item, level, _answer in found) == {"1": AT_LEVEL_1, "2": AT_LEVEL_2}
    assert Counter(int(item.split(".")[0]) for item, _level, _answer in found) == CHAPTERS


def test_the_sums_at_the_top_are_right() -> None:
    text = PAGE.read_text()
    counts = Counter(answer for _item, _level, answer in ROW.findall(text))
    told = "| {met} | {partly} | {open} | {n/a} | {all} |".format(**counts, all=sum(counts.values()))
    assert told in text


def test_every_test_it_names_exists() -> None:
    named = NAMED.findall(PAGE.read_text())
    missing = [f"{path}::{name}" for path, name in named if not _exists(path, name)]
    assert named
    assert not missing


def test_every_page_it_links_to_exists() -> None:
    assert not [link for link in LINK.findall(PAGE.read_text()) if not (PAGE.parent / link).exists()]


def _exists(path: str, name: str) -> bool:
    file = CHECKOUT / path
    return file.exists() and (not name or f"def {name}(" in file.read_text())
