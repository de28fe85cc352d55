"""A CSV file of any usual encoding and separator as rows of text."""

import csv
import io
from dataclasses import dataclass

from tautband.base.errors import InputError

MOST_BYTES = 8_000_000
MOST_ROWS = 5_000  # taken over in one transaction, for which other writers wait
LONGEST_CELL = 1_000
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@dataclass(frozen=True)
class Table:
    """Header and rows; ``lines`` are the line numbers at which rows begin, from 1."""

    encoding: str
    separator: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def read_table(data: bytes) -> Table:
    """Read a file; raises InputError when it is too large, is no text, or has no rows."""
    if len(data) > MOST_BYTES:
        raise InputError("file", f"has {len(data):,} bytes", f"at most {MOST_BYTES:,}")
    text, encoding = _decode(data)
    separator = _separator(text)
    header, rows, lines = _rows(text, separator)
    return Table(encoding, SEPARATORS[separator], header, rows, lines)


def _decode(data: bytes) -> tuple[str, str]:
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, name), name.replace("-sig", "").upper()
    if b"\0" in data:
        raise InputError("file", "is no text file", "a CSV file, saved as UTF-8 where possible")
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        # What spreadsheets of Western Europe write; a few bytes have no meaning there.
        return _decoded(data, "cp1252"), "Windows-1252"


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise InputError("file", "holds signs that cannot be read", "CSV as UTF-8") from None


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise InputError("file", "is empty", "a line with the names of the columns, then rows")
    counts = {sign: _outside_quotes(first, sign) for sign in SEPARATORS}
    best = max(counts, key=lambda sign: counts[sign])
    if counts[best] == 0:
        raise InputError("file", "has one column", "columns with comma, semicolon, tab or bar")
    return best


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


def _rows(
    text: str, separator: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[int, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[str, ...]] = []
    lines: list[int] = []
    before = 0
    try:
        for cells in reader:
            begins, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                found.append(tuple(cell.strip() for cell in cells))
                lines.append(begins)
            if len(found) > MOST_ROWS + 1:
                raise InputError("file", f"has more than {MOST_ROWS:,} rows", "several files")
    except csv.Error as error:
        raise InputError(f"line {reader.line_num}", f"cannot be read ({error})", "CSV") from None
    if len(found) < 2:
        raise InputError("file", "has no rows", "a line of column names, then one row a patient")
    for row, line in zip(found, lines, strict=True):
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise InputError(f"line {line}", "has a very long cell", f"at most {LONGEST_CELL}")
    return found[0], tuple(found[1:]), tuple(lines[1:])
