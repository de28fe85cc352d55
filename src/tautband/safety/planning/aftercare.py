"""What a patient is told about the days after needling, and when soreness falls."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.atlas.records import Muscle
from tautband.base.errors import InputError
from tautband.base.sources import Fact, bibliography, check_fact

USUALLY_SORE_DAYS, LONGEST_SORE_DAYS = 2, 3
LATEST_COMPETITION_DAYS = 365


class PlainText(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A paragraph for a patient; ``when`` is ``always`` or a kind of structure at risk."""

    id: str
    title: str
    when: Literal["always", "pleura", "spinal canal", "abdominal viscera"] = "always"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: tuple[PlainText, ...]


def texts_for(muscles: Iterable[Muscle]) -> tuple[PlainText, ...]:
    """The paragraphs that these muscles call for, in the order of the file."""
    kinds = {r.kind for muscle in muscles for r in muscle.at_risk if r.stated}
    return tuple(t for t in load_texts() if t.when == "always" or t.when in kinds)


def soreness_and_event(days: float | None) -> str:
    """When soreness would fall on a competition or heavy training in so many days; ``""`` unasked.

    Raises InputError for a day that lies in the past or over a year ahead.
    """
    if days is None:
        return ""
    if not 0 <= days <= LATEST_COMPETITION_DAYS:
        raise InputError(
            "competition-in-days", f"is {days:g}", f"0 to {LATEST_COMPETITION_DAYS} days"
        )
    day = "today" if days < 1 else "tomorrow" if days < 2 else f"in {days:.0f} days"
    event = f"Your next competition or hard training is {day}."
    if days <= USUALLY_SORE_DAYS:
        return f"{event} You will most likely be sore then. Ask us about needling on another day."
    if days <= LONGEST_SORE_DAYS:
        return f"{event} Most people are no longer sore by then, but some are."
    return f"{event} Soreness is mostly gone after three days, so it should not fall on it."


@cache
def load_texts() -> Sequence[PlainText]:
    """All paragraphs, checked; raises InputError."""
    path = resources.files("tautband.safety.planning").joinpath("data/aftercare.toml")
    try:
        texts = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File).text
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError("aftercare.toml", str(error)) from error
    for text in texts:
        check_fact(text.id, text, bibliography())
    return texts
