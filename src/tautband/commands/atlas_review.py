"""``tautband atlas review``: experts' verdicts, field by field."""

import argparse
import datetime as dt
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from tautband.base.errors import InputError
from tautband.commands.layout import paragraph

if TYPE_CHECKING:
    from tautband.atlas.reviews import Review, Statements


def add(inner: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    review = inner.add_parser("review", help="hand in, list or begin an expert's review")
    steps = review.add_subparsers(title="review commands", metavar="COMMAND", required=True)
    template = steps.add_parser("template", help="write a file to fill in for one record")
    template.add_argument("record", help="id, name or synonym")
    template.add_argument("file", type=Path, metavar="FILE.json", help="where to write it")
    template.set_defaults(run=run_template)
    added = steps.add_parser("add", help="check a review and merge it into the atlas' data")
    added.add_argument("file", type=Path, metavar="FILE.json", help="schema tautband.review/1")
    added.add_argument("--check", action="store_true", help="check only, keep nothing")
    added.set_defaults(run=run_add)
    listed = steps.add_parser("list", help="list the verdicts that are kept")
    listed.add_argument("--record", help="of this record only: its id, name or synonym")
    listed.add_argument("--json", action="store_true", help="print them as JSON")
    listed.set_defaults(run=run_list)


def run_template(chosen: argparse.Namespace) -> int:
    """Write a file with every field of a record."""
    from tautband.atlas.atlas import load_atlas
    from tautband.atlas.reviews import template
    from tautband.commands.atlas_show import find_record

    record = find_record(chosen.record).id
    file = template(record, known()[record], load_atlas().version)
    try:
        with chosen.file.open("x", encoding="utf-8") as out:
            out.write(json.dumps(file, indent=2, ensure_ascii=False) + "\n")
    except FileExistsError as error:
        raise InputError("file", f"{chosen.file} exists already", "a new name") from error
    except OSError as error:
        raise InputError("file", f"{chosen.file} cannot be written", "a free place") from error
    print(
        paragraph(
            f"{chosen.file}: write your name and the date (2026-05-04), give each field that you "
            "judge a verdict (agree, change or reject, the last two with a note), and leave the "
            f"others empty. Then: tautband atlas review add {chosen.file}"
        )
    )
    return 0


def run_add(chosen: argparse.Namespace) -> int:
    """Check a review; merge it where the atlas is a source checkout."""
    from tautband.atlas.atlas import load_atlas
    from tautband.atlas.review_files import file_name, read_reviews
    from tautband.atlas.reviews import check_review, merged, parse_review

    today = dt.datetime.now().astimezone().date()
    review = check_review(parse_review(_read(chosen.file)), known(), load_atlas().version, today)
    kept = {file_name(one): one for one in read_reviews()}
    name = file_name(review)
    whole = merged(kept.pop(name, None), review, list(kept.values()))
    count = f"{len(review.verdicts)} verdict(s) of {review.reviewer}, {review.date}"
    if chosen.check:
        print(f"Good: {count}. Nothing was kept.")
        return 0
    path = keep(whole, checkout_folder())
    print(f"{count} -> {path}")
    return 0


def run_list(chosen: argparse.Namespace) -> int:
    """List kept verdicts, oldest first; a stale one is on words that have changed."""
    from tautband.atlas.review_files import read_reviews
    from tautband.atlas.reviews import is_current
    from tautband.commands.atlas_show import find_record

    only = find_record(chosen.record).id if chosen.record else ""
    rows = [
        {
            "record": verdict.record,
            "field": verdict.field,
            "verdict": verdict.verdict,
            "note": verdict.note,
            "reviewer": review.reviewer,
            "date": review.date,
            "current": is_current(verdict, known()),
        }
        for review in read_reviews()
        for verdict in review.verdicts
        if only in ("", verdict.record)
    ]
    if chosen.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return 0
    if not rows:
        print("No review has been handed in" + (f" for {only}." if only else " yet."))
    for row in rows:
        stale = "" if row["current"] else " [stale]"
        note = f": {row['note']}" if row["note"] else ""
        told = f"{row['date']} {row['reviewer']}: {row['record']}, {row['field']}: {row['verdict']}"
        print(paragraph(f"{told}{stale}{note}", "", "    "))
    return 0


@cache
def known() -> "Statements":
    """Every statement that can be reviewed."""
    from tautband.atlas.atlas import load_atlas
    from tautband.atlas.statements import statements
    from tautband.atlas.targets import read_targets

    return statements(load_atlas().muscles.values(), read_targets().values())


def checkout_folder() -> Path:
    """Where reviews are kept in a source checkout; raises InputError in an installed package."""
    package = Path(str(resources.files("tautband.atlas")))
    root = package.parents[2]
    if package.parents[1].name != "src" or not (root / "pyproject.toml").is_file():
        raise InputError(
            "review add",
            "this is an installed package, which keeps nothing; the review itself is good",
            "a source checkout of Tautband, or the file sent to its maintainers",
        )
    return package / "data" / "reviews"


def keep(review: "Review", folder: Path) -> Path:
    """Write a review whole or not at all; answers its file."""
    from tautband.atlas.review_files import file_name, read_reviews, to_toml

    path = folder / file_name(review)
    part = path.with_suffix(".part")
    try:
        folder.mkdir(exist_ok=True)
        part.write_text(to_toml(review), "utf-8")
        part.replace(path)
    except OSError as error:
        raise InputError("review add", f"{path} cannot be written", "a free place") from error
    read_reviews.cache_clear()
    return path


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError("file", f"{file} cannot be read", "a review as JSON") from error
