"""The tables of a snapshot: each column with its type, unit and meaning.

From here the tables are made, and the dictionary of an export is written.  No column holds a name,
a day of birth, a contact or anybody's words; the keys are those of the record, which nobody can
tell a person from without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, DuckDB type and meaning with the unit; what NULL means."""

    name: str
    type: str
    meaning: str
    empty: str = ""


TABLES: Mapping[str, tuple[Column, ...]] = {
    "episode": (
        Column("episode", "UUID", "key of the episode"),
        Column("patient", "UUID", "key of the patient"),
        Column("presentation", "VARCHAR", "id of the presentation in the atlas", "none fits"),
        Column("area", "VARCHAR", "area of the body of the presentation", "none fits"),
        Column("began_on", "DATE", "first day of care"),
        Column("ended_on", "DATE", "last day of care", "still going on"),
        Column("review_on", "DATE", "day on which the last plan is to be reviewed", "not set"),
        Column("planned", "INTEGER", "sessions of the last plan", "not set"),
        Column("sessions", "INTEGER", "closed sessions"),
        Column("last_on", "DATE", "day of the last closed session", "none yet"),
        Column("next_on", "DATE", "day of the next booked appointment", "none is booked"),
    ),
    "treatment": (
        Column("treatment", "INTEGER", "number of the treatment in this snapshot"),
        Column("episode", "UUID", "key of the episode"),
        Column("patient", "UUID", "key of the patient"),
        Column("held_on", "DATE", "day, in the clinic's time zone"),
        Column("number", "INTEGER", "which session of its episode, from 1"),
        Column("needles", "INTEGER", "needles used", "not counted"),
        Column("insertions", "INTEGER", "passages through the skin", "not counted"),
        Column("twitches", "INTEGER", "local twitch responses", "not assessed"),
    ),
    "insertion": (
        Column("treatment", "INTEGER", "number of the treatment"),
        Column("muscle", "VARCHAR", "id of the muscle in the atlas"),
        Column("area", "VARCHAR", "area of the body of the muscle", "not in the atlas"),
        Column("side", "VARCHAR", "left, right or midline", "not recorded"),
        Column("technique", "VARCHAR", "left in place, moved (redirected), or in and out"),
    ),
    "event": (
        Column("treatment", "INTEGER", "number of the treatment it followed"),
        Column("kind", "VARCHAR", "id in the taxonomy of adverse events"),
        Column("grade", "VARCHAR", "mild, moderate, severe or serious"),
        Column("source", "VARCHAR", "reaction (told of a session) or event (a case of its own)"),
    ),
    "outcome": (
        Column("episode", "UUID", "key of the episode"),
        Column("instrument", "VARCHAR", "id of the outcome instrument"),
        Column("first", "DOUBLE", "first score, in the instrument's unit"),
        Column("last", "DOUBLE", "last score, in the instrument's unit"),
        Column("gain", "DOUBLE", "change in the instrument's unit, above 0 for better"),
        Column("important", "VARCHAR", "better, between, unchanged or worse by the nearest "
               "published important change", "no such figure is published"),
        Column("weeks", "DOUBLE", "weeks between the two scores"),
    ),
    "pain": (
        Column("presentation", "VARCHAR", "id of the presentation, 'all' or 'other'"),
        Column("region", "VARCHAR", "region of the body with its side"),
        Column("painted", "INTEGER", "first drawings that touch the region", "a small cell"),
        Column("drawings", "INTEGER", "first drawings of the presentation"),
    ),
}  # fmt: skip


def create(table: str) -> str:
    """The statement that makes a table."""
    inside = ", ".join(f'"{one.name}" {one.type}' for one in TABLES[table])
    return f'CREATE TABLE "{table}" ({inside})'
