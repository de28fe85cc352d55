"""A table of studies, read from CSV text: effects with variances, or two arms a study."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

from tautband.base.errors import InputError
from tautband.evidence.effects import Arm, Effect, Measure, hedges_g, mean_difference

GENERIC_COLUMNS = ("study", "yi", "vi")
ARM_COLUMNS = ("study", "n1", "mean1", "sd1", "n2", "mean2", "sd2")
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Row:
    """One study's effect."""

    study: str
    effect: Effect


def read_table(text: str, measure: Measure) -> tuple[Row, ...]:
    """Rows of a CSV with the columns that the measure needs; further columns are ignored.

    ``generic``: study, yi, vi (estimate and sampling variance).  ``md`` and ``smd``: study, n1,
    mean1, sd1, n2, mean2, sd2.  Raises InputError that names row and column.
    """
    reader = csv.DictReader(StringIO(text.removeprefix("\ufeff")), skipinitialspace=True)
    wanted = GENERIC_COLUMNS if measure is Measure.GENERIC else ARM_COLUMNS
    names = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in wanted if name not in names]
    if missing:
        raise InputError(
            "header", f"lacks {', '.join(missing)}", f"the columns {', '.join(wanted)}"
        )
    reader.fieldnames = names
    rows: list[Row] = []
    for number, raw in enumerate(reader, start=2):
        if not any((value or "").strip() for key, value in raw.items() if key is not None):
            continue
        if len(rows) == MOST_ROWS:
            raise InputError("table", f"has more than {MOST_ROWS} studies", "fewer")
        rows.append(_row(f"line {number}", raw, measure))
    if not rows:
        raise InputError("table", "has no studies", "at least one row below the header")
    return tuple(rows)


def _row(where: str, raw: Mapping[str, str | None], measure: Measure) -> Row:
    study = (raw["study"] or "").strip() or where
    try:
        if measure is Measure.GENERIC:
            effect = Effect(_number(raw, "yi"), _number(raw, "vi"))
        else:
            first, second = _arm(raw, "1"), _arm(raw, "2")
            effect = (
                mean_difference(first, second) if measure is Measure.MD else hedges_g(first, second)
            )
    except InputError as error:
        raise InputError(f"{where}, {error.field}", error.problem, error.expected) from error
    return Row(study, effect)


def _arm(raw: Mapping[str, str | None], number: str) -> Arm:
    people = _number(raw, f"n{number}")
    if people != int(people):
        raise InputError(f"n{number}", f"is {people:g}", "a whole number of people")
    try:
        return Arm(int(people), _number(raw, f"mean{number}"), _number(raw, f"sd{number}"))
    except InputError as error:
        named = error.field if error.field[-1:] == number else f"{error.field}{number}"
        raise InputError(named, error.problem, error.expected) from error


def _number(raw: Mapping[str, str | None], name: str) -> float:
    text = (raw[name] or "").strip()
    try:
        value = float(text)
    except ValueError:
        shown = f"is '{text[:40]}'" if text else "is empty"
        raise InputError(name, shown, "a number with a point as decimal sign") from None
    if not abs(value) < float("inf"):
        raise InputError(name, f"is {text}", "a finite number")
    return value
