"""The files in which experts' reviews are kept: TOML, one a person and day."""

import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources

import msgspec

from tautband.atlas.reviews import Review, Statements, Verdict, check_kept, is_hash
from tautband.base.errors import InputError


def file_name(review: Review) -> str:
    """``ann-example-2026-05-04.toml``: the file in which a person's verdicts of a day are kept."""
    plain = unicodedata.normalize("NFKD", review.reviewer).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].strip("-")
    slug = slug or hashlib.sha256(review.reviewer.encode()).hexdigest()[:10]
    return f"{slug}-{review.date}.toml"


def to_toml(review: Review) -> str:
    """A review as the text that is kept."""
    lines = [f"reviewer = {_quoted(review.reviewer)}", f"date = {_quoted(review.date)}"]
    if review.qualification:
        lines.append(f"qualification = {_quoted(review.qualification)}")
    for verdict in review.verdicts:
        fields = {k: v for k, v in msgspec.to_builtins(verdict).items() if v}
        lines += ["", "[[verdicts]]", *(f"{k} = {_quoted(v)}" for k, v in fields.items())]
    return "\n".join(lines) + "\n"


def from_toml(text: str, name: str) -> Review:
    """Read a kept review; ``name`` is the file's, for the error message."""
    try:
        review = msgspec.convert(tomllib.loads(text), Review)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(name, str(error)) from error
    check_kept(review)
    if file_name(review) != name:
        raise InputError(name, "does not fit its reviewer and date", file_name(review))
    return review


@cache
def read_reviews() -> tuple[Review, ...]:
    """All kept reviews, oldest first."""
    folder = resources.files("tautband.atlas").joinpath("data/reviews")
    if not folder.is_dir():
        return ()
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    found = [from_toml(folder.joinpath(name).read_text("utf-8"), name) for name in names]
    return tuple(sorted(found, key=lambda review: (review.date, review.reviewer)))


def verdicts_on(record: str, reviews: Iterable[Review]) -> list[tuple[Review, Verdict]]:
    """All verdicts on one record with the review that they stand in."""
    return [(r, v) for r in reviews for v in r.verdicts if v.record == record]


def check_reviews(reviews: Iterable[Review], known: Statements) -> None:
    """Raise InputError unless every kept verdict is about a record that exists and has a hash."""
    for review in reviews:
        for number, verdict in enumerate(review.verdicts):
            where = f"{file_name(review)}: verdicts[{number}]"
            if verdict.record not in known:
                raise InputError(where, f"'{verdict.record}' is no record", "an id of the atlas")
            if not is_hash(verdict.text_hash):
                raise InputError(where, "has no text_hash", "the hash of the words that were read")


def _quoted(text: str) -> str:
    """A basic string of TOML, which JSON's strings are."""
    return json.dumps(text, ensure_ascii=False)
