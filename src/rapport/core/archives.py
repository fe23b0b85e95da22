"""ZIP archives from elsewhere: what reading a broken one may raise, and how much its list of contents takes.

`zipfile` lets the errors of the decompressors through as they are, and reads the whole list into memory, however long.
"""

import lzma
import struct
import zipfile
import zlib
from pathlib import Path

BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, KeyError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError),
)
"""What `zipfile` raises of an archive that was cut off, altered, sealed, or compressed in an unknown way."""

LONGEST_LIST = 1 << 20  # bytes; some ten thousand files
_END, _END_OF_LARGE = b"PK\x05\x06", b"PK\x06\x07"
_LONGEST_END = 22 + 65_535
_SIZE_AT = 12


def has_long_list(path: Path) -> bool:
    """Whether an archive says that its list of contents is longer than usual; one above 4 GB always does."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _LONGEST_END, 0))
        tail = file.read()
    end = tail.rfind(_END)
    size = tail[end + _SIZE_AT : end + _SIZE_AT + 4]
    return end >= 0 and (_END_OF_LARGE in tail or int.from_bytes(size, "little") > LONGEST_LIST)
