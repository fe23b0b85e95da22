"""Reading files people exported elsewhere: CSV in any encoding and delimiter, XLSX, JSON.

Main words: a *layout* says how a file is to be read (format, encoding, delimiter, sheet, columns), a *row* is what was
read with the number of the line it began on. A row that can't be read is still a row: it carries its problem and is
never lost. Nothing here knows records, the dictionary or the database.
"""

from rapport.integrations.importing.reading.inspection import inspect, open_rows
from rapport.integrations.importing.reading.rows import FileFormat, Layout, Row, UnreadableFile

__all__ = ["FileFormat", "Layout", "Row", "UnreadableFile", "inspect", "open_rows"]
