"""A release as a ZIP file: the rows as CSV or Parquet, and the dictionary made from the columns."""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings

from tautband.clinic.figures.columns import Column
from tautband.clinic.figures.releasing import COLUMNS, Release
from tautband.clinic.figures.snapshot import FOLDER
from tautband.figures.withholding import LEAST

FORMS = ("csv", "parquet")
NAME = "treatments"


def packed(release: Release, form: str, *, synthetic: bool) -> bytes:
    """The ZIP file; ``form`` is one of `FORMS`."""
    rows = as_csv(COLUMNS, release.rows) if form == "csv" else as_parquet(COLUMNS, release.rows)
    told = json.dumps(dictionary(release, synthetic=synthetic), indent=1, ensure_ascii=False)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(f"{NAME}.{form}", rows)
        pack.writestr("dictionary.json", told)
    return written.getvalue()


def dictionary(release: Release, *, synthetic: bool) -> dict[str, Any]:
    """What each column means, and what was done to the rows."""
    return {
        "schema": "tautband.release/1",
        "tautband": version("tautband"),
        "synthetic": synthetic,
        "rows": len(release.rows),
        "people": len(release.patients),
        "agreed": release.agreed if release.agreed - len(release.patients) >= LEAST else None,
        "rules": [
            "Only patients whose consent to research stands on the day of the export.",
            f"Sex, age band and presentation together are shared by at least {LEAST} people; "
            "otherwise presentation, age band and sex are withheld in this order, and who still "
            "stands out is left out.",
            f"A grade of events that fewer than {LEAST} people had as their gravest is withheld, "
            "and so is the next one where the sum would give it away.",
            "No day, name, key or word of the record; times count from the first treatment.",
        ],
        "columns": [
            {"name": one.name, "type": one.type, "meaning": one.meaning, "empty": one.empty}
            for one in COLUMNS
        ],
    }


def as_csv(columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> bytes:
    """Comma-separated, UTF-8, one line of names; None is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([one.name for one in columns])
    writer.writerows(rows)
    return text.getvalue().encode()


def as_parquet(columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> bytes:
    """The same, typed.  DuckDB writes files only, so it is one for a moment, in a closed folder."""
    folder = Path(settings.TAUTBAND_DATA) / FOLDER
    with tempfile.TemporaryDirectory(dir=folder) as own, duckdb.connect() as into:
        kinds = ", ".join(f'"{one.name}" {one.type}' for one in columns)
        into.execute(f"CREATE TABLE release ({kinds})")
        into.executemany(f"INSERT INTO release VALUES ({', '.join('?' * len(columns))})", rows)
        path = Path(own) / "release.parquet"
        into.execute(f"COPY release TO '{path}' (FORMAT parquet)")
        return path.read_bytes()
