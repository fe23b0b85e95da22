"""Strings that have broken other programs, made here so that a clean checkout has them; more come from the shared data.

`TELLING` is the short list that each field gets in every run; `everything()` is the long one, and `gathered()` the same
in fewer values.
"""

import json
import os
import unicodedata
from pathlib import Path

from rapport.core.texts import unkept

SHARED = Path(os.environ.get("RAPPORT_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data") / "attacks"
MARK = "zq7"  # in every piece of markup below, so that one look at a page finds what came through

CONTROLS = [
    "a\x00b",
    "\x00",
    "a\x01\x02\x07\x08b",
    "a\x1bb",
    "a\x7f\x80\x9fb",
    "\x0b\x0c\x1c\x1f\x85",
    "\r\n\r\n",
]
UNSEEN = ["\u200b", "a\u200bb\u2060c\ufeffd", "\u00ad", "\u2028\u2029", "\u3000\u2003\u00a0", "\u034f", "\ufffe\uffff"]
DIRECTIONS = ["\u202egnp.exe", "\u2066a\u2067b\u2069", "مرحبا بالعالم", "שלום \u202dabc\u202c", "a\u061cb\u200fc\u200e"]
FORMS = [unicodedata.normalize(form, "Ångström ﬁ ① é ㎏") for form in ("NFC", "NFD", "NFKC", "NFKD")]
EMOJI = ["👩‍👩‍👧‍👦", "🏳️‍🌈🇵🇹👍🏽", "❤️\ufe0f\u20e3", "\U000e0041\U000e007f", "Z" + "\u0301" * 300, "𝒜𝓁𝒾𝒸𝑒", "İıſK"]
MARKUP = [
    f"<script>alert('{MARK}')</script>",
    f"\"><img src=x onerror=alert('{MARK}')>",
    f"'-alert('{MARK}')-'",
    f"</textarea></title><svg onload=alert('{MARK}')>",
    f"<!--{MARK}--><![CDATA[{MARK}]]>&lt;{MARK}&amp;",
    f"javascript:alert('{MARK}')",
    f"{{{{ '{MARK}'|add:'alive' }}}}{{% debug %}}{{# {MARK} #}}",
    "{{constructor.constructor('return 1')()}} ${7*7} #{7*7} <%= 7*7 %>",
]
QUERIES = [
    "' OR '1'='1",
    "1; DROP TABLE core_event; --",
    "%",
    "_",
    "\\",
    "a\\' --",
    "100%_\\%",
    "'; SELECT pg_sleep(9)--",
]
PATTERNS = [
    "(a+)+$",
    ".*",
    "[",
    "*?",
    "$(reboot)",
    "`id`",
    "../../etc/passwd",
    "..\\..\\con",
    "%2e%2e%2f",
    "%s%n%d%x",
]
WORDS = ["NULL", "None", "undefined", "true", "nil", "me", "on", "__proto__", "constructor", "null", "[object Object]"]
FORMULAS = [
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "'=1+1",
    '=""&A1',
    "%0A=1",
]
NUMBERS = [
    *(
        "1e400",
        "-1e400",
        "1e-400",
        "NaN",
        "-Infinity",
        "sNaN",
        "0x10",
        "1_000",
        "１２３",
        "٣",
        "²",
        "½",
        "-0",
        "--1",
        "1,2,3.4.5",
    ),
    *("9" * 400, "-" + "9" * 40, "0." + "0" * 300 + "1", "2147483648", "9223372036854775808", "1e5", "(5)", "€", "%"),
]
DATES = [
    *("0001-01-01", "9999-12-31", "2023-02-29", "2024-02-29", "0000-00-00", "10000-01-01", "-2024-01-01", "2024-1"),
    *("9999-12-31T23:59:59Z", "0001-01-01T00:00", "1000-01-01T00:00:00+23:59", "2200-12-31T23:59:59-23:59", "24:00"),
    *(
        "2024-02-30T25:61",
        "2024-03-31T02:30",
        "2024-01-01T00:00:00+99:99",
        "1e9",
        "today",
        "01/02/03",
        "２０２４-01-01",
    ),
]
KEYS = ["00000000-0000-0000-0000-000000000000", "{" * 50, "0" * 36, "person:1", "type:", ":::", "a" * 36, "ｆ" * 32]
FILTERS = [
    "name:contains:" + "|" * 500,
    "name:is:\\",
    "::",
    "created_at:within:9999999999d",
    "amount:between:NaN|1e999",
    "x" * 3_000,
]
LONG = ["x" * 201, "x y " * 2_000, "é" * 70_000, "\u0301" * 5_000]

TELLING = [
    *(CONTROLS[0], CONTROLS[2], UNSEEN[1], DIRECTIONS[0], EMOJI[0], EMOJI[4], MARKUP[1], MARKUP[6], QUERIES[6]),
    *(FORMULAS[0], NUMBERS[1], NUMBERS[3], DATES[1], DATES[8], DATES[10], KEYS[0], LONG[1]),
]


def own() -> list[str]:
    """All strings made here."""
    groups = (CONTROLS, UNSEEN, DIRECTIONS, FORMS, EMOJI, MARKUP, QUERIES, PATTERNS, WORDS, FORMULAS, NUMBERS, DATES)
    return [text for group in (*groups, KEYS, FILTERS, LONG) for text in group]


def everything() -> list[str]:
    """All strings made here, and the naughty ones of the shared data where that is."""
    shared = SHARED / "naughty-strings" / "data" / "blns.json"
    return list(dict.fromkeys([*own(), *(json.loads(shared.read_text()) if shared.is_file() else [])]))


def gathered(*, shortest: int = 12, longest: int = 190) -> list[str]:
    """The same in fewer values: what is short or refused alone, of the others as many as a line of text takes."""
    alone, lines, ours = [], [""], set(own())
    for text in everything():
        if len(text) < shortest or len(text) > longest or unkept(text) or text in ours:
            alone.append(text)
        elif len(lines[-1]) + len(text) < longest:
            lines[-1] = f"{lines[-1]} {text}".lstrip()
        else:
            lines.append(text)
    return [*alone, *filter(None, lines)]
