"""Which encoding a text file is in: by its byte-order mark, by trying UTF-8 on all of it, else by its bytes."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from rapport.integrations.importing.reading.rows import UnreadableFile, gettext_noop

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_BAD_SHARE = 0.05  # of the bytes above ASCII: under it a file is UTF-8 with some broken rows, over it another encoding

_SIGN = re.compile(rb"(?<![A-Za-z\x80-\xff])[\x80-\xff](?![A-Za-z\x80-\xff])")
_MOSTLY_SIGNS = 0.9  # of the bytes above ASCII: they stand alone, as currencies do, so that no language can be told

_WIDE = gettext_noop("%(file)s was read as %(encoding)s, because every second byte is zero.")
_MIXED = gettext_noop("%(file)s was read as UTF-8; rows that hold bytes which aren't UTF-8 are rejected.")
_LEGACY = gettext_noop("%(file)s was read as %(encoding)s, because it isn't UTF-8. Look at the accents in it.")
MARK_BAD_BYTES = "mark-bad-bytes"


def _mark_bad_bytes(error: UnicodeError) -> tuple[str, int]:
    """Stands in for bytes that can't be decoded, so that rows with them are seen and rejected."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff" * (error.end - error.start), error.end


codecs.register_error(MARK_BAD_BYTES, _mark_bad_bytes)


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec name and, where it was inferred rather than stated by the file, a sentence about it
    with places for `file` and `encoding`."""

    codec: str
    guess: str = ""


def detect_encoding(path: Path) -> Encoding:
    """The encoding of a text file. Raises UnreadableFile when it is empty or no text at all."""
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE)
    if not start.strip():
        raise UnreadableFile(gettext_noop("This file is empty. Export it again and check that it has rows."))
    for mark, codec in _MARKS:
        if start.startswith(mark):
            return Encoding(codec)
    wide = _wide_codec(start)
    if wide:
        return Encoding(wide, _WIDE)
    if start.count(0) > len(start) // 20:
        raise UnreadableFile(gettext_noop("This file is no text and no workbook. Export it as CSV, XLSX or JSON."))
    return _utf8_or_legacy(path)


def _wide_codec(start: bytes) -> str:
    even, odd = start[0::2], start[1::2]
    if len(odd) > 3 and odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if len(even) > 3 and even.count(0) > 0.6 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return ""


def _utf8_or_legacy(path: Path) -> Encoding:
    high, bad, sample = _utf8_faults(path)
    if bad == 0:
        return Encoding("utf-8")
    if bad <= high * _BAD_SHARE:
        return Encoding("utf-8", _MIXED)
    codec = _legacy_codec(sample)
    return Encoding(codec, _LEGACY)


def _utf8_faults(path: Path) -> tuple[int, int, bytes]:
    """How many bytes are above ASCII, how many of them aren't UTF-8, and the surroundings of the first such."""
    high = bad = 0
    sample = b""
    decoder = codecs.getincrementaldecoder("utf-8")(MARK_BAD_BYTES)
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            text = decoder.decode(block)
            if text.isascii():
                continue
            high += len(block) - len(block.translate(None, bytes(range(128, 256))))
            wrong = len(text) - len(text.encode("utf-8", "ignore").decode("utf-8"))
            if wrong and not bad:
                sample = block
            bad += wrong
    if decoder.getstate()[0]:
        bad += 1
    return high, bad, sample


def _legacy_codec(sample: bytes) -> str:
    lines = b"\n".join(line for line in sample.splitlines() if not line.isascii())[:_SAMPLE]
    if len(lines) > 200 and not _holds_signs_only(lines):
        best = from_bytes(lines).best()
        if best and best.encoding not in {"utf_8", "ascii"} and not _is_western(best.encoding):
            return best.encoding
    return "cp1252"


def _holds_signs_only(lines: bytes) -> bool:
    high = len(lines) - len(lines.translate(None, bytes(range(128, 256))))
    return len(_SIGN.findall(lines)) >= _MOSTLY_SIGNS * high


def _is_western(codec: str) -> bool:
    return codec in {"cp1252", "latin_1", "iso8859_15", "iso8859_1", "cp1250", "cp858", "cp850", "cp437", "mac_roman"}
