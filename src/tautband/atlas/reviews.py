"""Experts' verdicts on single fields of the atlas, kept as data that can be merged.

A reviewer hands in one file, ``tautband.review/1`` (JSON); ``review_files`` keeps it.  A verdict
belongs to the *content* that was read, by a hash: when the field is changed later, the verdict
stays in the history and is shown as stale.
"""

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias, get_args

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Fact
from tautband.text.near import close_names

SCHEMA = "tautband.review/1"
Word = Literal["agree", "change", "reject"]
WORDS: tuple[Word, ...] = get_args(Word)

# Records by id, each with its statements by field, as ``statements.statements`` makes them.
Statements: TypeAlias = Mapping[str, Mapping[str, Fact]]

LONGEST_NAME, LONGEST_NOTE, MOST_VERDICTS, MOST_BYTES = 120, 4000, 20_000, 8_000_000
HASH_DIGITS = 16

# How sure a field is may rise without a word of it changing, so neither belongs to the hash.
_NOT_CONTENT = ("sources", "confidence")


class Verdict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an expert says of one field; ``text_hash`` is of the content that was read."""

    record: str
    field: str
    verdict: Word
    note: str = ""
    text_hash: str = ""
    atlas_version: str = ""


class Review(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One person's verdicts of one day."""

    reviewer: str
    date: str
    verdicts: tuple[Verdict, ...]
    qualification: str = ""


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A row as it is handed in: a verdict left empty was not given; ``text`` is for the reader."""

    record: str
    field: str
    verdict: str = ""
    note: str = ""
    text_hash: str = ""
    text: str = ""


class _HandedIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    schema: str
    atlas_version: str
    reviewer: str
    date: str
    verdicts: tuple[_Row, ...]
    qualification: str = ""


def field_hash(fact: Fact) -> str:
    """Hash of what a field says, its places and numbers included, its sources and rank not."""
    fields = msgspec.to_builtins(fact)
    content = {k: v for k, v in fields.items() if k not in _NOT_CONTENT and not _is_unset(v)}
    written = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:HASH_DIGITS]


def is_hash(text: str) -> bool:
    """Whether a text could be what ``field_hash`` answers."""
    return re.fullmatch(rf"[0-9a-f]{{{HASH_DIGITS}}}", text) is not None


def parse_review(raw: str | bytes) -> Review:
    """Read a ``tautband.review/1`` file; raises InputError that names what is wrong in it.

    Rows whose ``verdict`` is empty were not given and are left out.  Whether records and fields
    exist is the work of ``check_review``.
    """
    if len(raw) > MOST_BYTES:
        raise InputError("review", "is too large", f"at most {MOST_BYTES // 1_000_000} MB")
    try:
        handed = msgspec.json.decode(raw, type=_HandedIn)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError("review", f"cannot be read: {error}", f"JSON of {SCHEMA}") from error
    if handed.schema != SCHEMA:
        raise InputError("review.schema", f"is '{handed.schema[:40]}'", f"'{SCHEMA}'")
    if not re.fullmatch(r"atlas-[0-9a-f]{12}", handed.atlas_version):
        raise InputError(
            "review.atlas_version",
            f"is '{handed.atlas_version[:40]}'",
            "the version that 'tautband atlas audit --json' tells, such as atlas-0123456789ab",
        )
    if len(handed.verdicts) > MOST_VERDICTS:
        raise InputError("review.verdicts", "are too many", f"at most {MOST_VERDICTS}")
    given = [(n, row) for n, row in enumerate(handed.verdicts) if row.verdict]
    review = Review(
        reviewer=_line("review.reviewer", handed.reviewer),
        date=handed.date,
        qualification=_line("review.qualification", handed.qualification, needed=False),
        verdicts=tuple(_verdict(n, row, handed.atlas_version) for n, row in given),
    )
    check_kept(review)
    return review


def check_review(
    review: Review, known: Statements, version: str, today: dt.date | None = None
) -> Review:
    """The review with the hash of each field, or InputError for a record or field that is none.

    ``version`` is the atlas at hand.  A row without a hash was read in ``atlas_version``: it is
    taken only when that is the atlas at hand, since otherwise nobody knows which words were read.
    """
    day = _date(review.date)
    if today is not None and day > today:
        raise InputError("review.date", f"{review.date} lies ahead", "the day of the review")
    filled = [_filled(n, verdict, known, version) for n, verdict in enumerate(review.verdicts)]
    return msgspec.structs.replace(review, verdicts=tuple(filled))


def merged(kept: Review | None, new: Review, others: Sequence[Review] = ()) -> Review:
    """The kept review of the same person and day with the new verdicts added.

    Raises InputError when the same person has already judged the same content of a field: here, or
    on another day among ``others``.
    """
    if kept is not None and kept.reviewer != new.reviewer:
        raise InputError(
            "review.reviewer", f"'{new.reviewer}' is kept as '{kept.reviewer}'", "the same spelling"
        )
    mine = [r for r in (kept, *others) if r is not None and r.reviewer == new.reviewer]
    done = {(v.record, v.field, v.text_hash): r.date for r in mine for v in r.verdicts}
    for number, verdict in enumerate(new.verdicts):
        day = done.get((verdict.record, verdict.field, verdict.text_hash))
        if day:
            raise InputError(
                f"review.verdicts[{number}]",
                f"{new.reviewer} has judged {verdict.record}, {verdict.field} on {day}",
                "one verdict of a person on the same words",
            )
    if kept is None:
        return new
    return msgspec.structs.replace(
        kept,
        qualification=new.qualification or kept.qualification,
        verdicts=(*kept.verdicts, *new.verdicts),
    )


def is_current(verdict: Verdict, known: Statements) -> bool:
    """Whether what was judged still stands in the record, at whatever place of its list."""
    fields = known.get(verdict.record, {})
    kind = _kind(verdict.field)
    return any(
        _kind(field) == kind and field_hash(fact) == verdict.text_hash
        for field, fact in fields.items()
    )


def template(record: str, fields: Mapping[str, Fact], version: str) -> dict[str, object]:
    """A file to fill in: every field of a record with its words and an empty verdict."""
    rows = [
        {
            "record": record,
            "field": field,
            "verdict": "",
            "note": "",
            "text_hash": field_hash(fact),
            "text": fact.text if fact.stated else "not established",
        }
        for field, fact in fields.items()
    ]
    return {
        "schema": SCHEMA,
        "atlas_version": version,
        "reviewer": "",
        "qualification": "",
        "date": "",
        "verdicts": rows,
    }


def _verdict(number: int, row: _Row, version: str) -> Verdict:
    where = f"review.verdicts[{number}]"
    for word in WORDS:
        if row.verdict == word:
            break
    else:
        raise InputError(f"{where}.verdict", f"is '{row.verdict[:40]}'", "agree, change or reject")
    return Verdict(
        record=row.record,
        field=row.field,
        verdict=word,
        note=row.note.strip(),
        text_hash=row.text_hash,
        atlas_version=version,
    )


def check_kept(review: Review) -> None:
    """Raise InputError unless date, notes and rows of a review could be kept as they are."""
    _date(review.date)
    if not review.verdicts:
        raise InputError("review.verdicts", "holds no verdict", "agree, change or reject somewhere")
    seen: set[tuple[str, str, str]] = set()
    for number, verdict in enumerate(review.verdicts):
        where = f"review.verdicts[{number}]"
        if verdict.verdict != "agree" and not verdict.note:
            raise InputError(f"{where}.note", "is empty", f"what to {verdict.verdict}, and why")
        if len(verdict.note) > LONGEST_NOTE or _has_control(verdict.note, but="\n\t"):
            raise InputError(f"{where}.note", "cannot be kept", f"{LONGEST_NOTE} plain characters")
        row = (verdict.record, verdict.field, verdict.text_hash)
        if row in seen:
            raise InputError(where, f"judges {verdict.record}, {verdict.field} again", "it once")
        seen.add(row)


def _filled(number: int, verdict: Verdict, known: Statements, version: str) -> Verdict:
    where = f"review.verdicts[{number}]"
    fields = known.get(verdict.record)
    if fields is None:
        raise InputError(
            f"{where}.record",
            f"'{verdict.record[:60]}' is no record of the atlas",
            "an id that 'tautband atlas list' tells",
            close_names(verdict.record, known),
        )
    if verdict.text_hash:
        if not is_hash(verdict.text_hash):
            raise InputError(f"{where}.text_hash", "is no hash", f"{HASH_DIGITS} hex digits")
        # Words that have since been moved or removed were read all the same: kept, and stale.
        if _kind(verdict.field) not in {_kind(field) for field in fields}:
            raise _no_field(where, verdict, fields)
        return verdict
    if verdict.field not in fields:
        raise _no_field(where, verdict, fields)
    if verdict.atlas_version != version:
        raise InputError(
            f"{where}.text_hash",
            f"is missing, and the review was made on {verdict.atlas_version}",
            f"the hash of the words that were read, or a review of {version}",
        )
    return msgspec.structs.replace(verdict, text_hash=field_hash(fields[verdict.field]))


def _no_field(where: str, verdict: Verdict, fields: Mapping[str, Fact]) -> InputError:
    return InputError(
        f"{where}.field",
        f"{verdict.record} has no field '{verdict.field[:60]}'",
        "a field that 'tautband atlas review template' tells",
        close_names(verdict.field, fields),
    )


def _kind(field: str) -> str:
    """``overload`` for ``overload[2]``: the list that a field stands in."""
    return field.partition("[")[0]


def _date(text: str) -> dt.date:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            "review.date", f"'{text[:40]}' is no date", "such as 2026-05-04"
        ) from error


def _is_unset(value: object) -> bool:
    """An empty default: left out of hashes, so that a new optional field makes no review stale."""
    return value is None or value is False or (isinstance(value, str | list | tuple) and not value)


def _line(field: str, text: str, *, needed: bool = True) -> str:
    plain = " ".join(text.split())
    if needed and not plain:
        raise InputError(field, "is empty", "the reviewer's name")
    if len(plain) > LONGEST_NAME or _has_control(plain):
        raise InputError(field, "cannot be kept", f"at most {LONGEST_NAME} plain characters")
    return plain


def _has_control(text: str, but: str = "") -> bool:
    return any(unicodedata.category(c) in ("Cc", "Cs") and c not in but for c in text)
