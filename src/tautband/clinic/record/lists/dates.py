"""Dates of birth in the forms that people write; what may mean two days is refused.

``3/4/1985`` is one day in one country and another in the next.  Where another row of the same
column settles the order (``21/3/1985`` has no month 21) it holds for all; where none does, whoever
imports has to say it.  Two-digit years are refused: 05 may be 1905 or 2005.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from tautband.base.errors import InputError

RIGHT = "a date such as 1985-03-21"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?")
_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})")
_NAMED = re.compile(r"(\d{1,2})\.?[ -]([a-z]+)\.?,?[ -](\d{4})", re.I)
_NAMED_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2}),? (\d{4})", re.I)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


class Order(StrEnum):
    """Which comes first where a date is written as 3/4/1985."""

    DAY_FIRST = "day/month"
    MONTH_FIRST = "month/day"


def settle_order(texts: Iterable[str]) -> Order | None:
    """The order that the column itself settles; None where no row does.

    Raises InputError where one row settles it one way and another the other.
    """
    found: dict[Order, str] = {}
    for text in texts:
        match = _SLASHES.fullmatch(text.strip())
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second:
            found.setdefault(Order.DAY_FIRST, text)
        elif second > 12 >= first:
            found.setdefault(Order.MONTH_FIRST, text)
    if len(found) > 1:
        raise InputError(
            "birth_date",
            "is written day first in one row and month first in another",
            "one order throughout, best 1985-03-21",
        )
    return next(iter(found), None)


def read_date(text: str, order: Order | None) -> date:
    """The day that a text means; raises InputError when it means none, or more than one."""
    told = text.strip()
    if match := _ISO.fullmatch(told):
        return _day(told, match[1], match[2], match[3])
    if match := _DOTS.fullmatch(told):
        return _day(told, match[3], match[2], match[1])
    if match := _SLASHES.fullmatch(told):
        return _slashes(told, match[1], match[3], match[4], order)
    if match := _NAMED.fullmatch(told):
        return _day(told, match[3], _month(told, match[2]), match[1])
    if match := _NAMED_FIRST.fullmatch(told):
        return _day(told, match[3], _month(told, match[1]), match[2])
    if _SHORT_YEAR.fullmatch(told):
        raise InputError("birth_date", f"'{told}' has a year of two digits", RIGHT)
    if told.isdigit():
        raise InputError("birth_date", f"'{told[:12]}' is a number", f"{RIGHT}, as text")
    raise InputError("birth_date", f"'{told[:30]}' cannot be read", RIGHT)


def _slashes(told: str, first: str, second: str, year: str, order: Order | None) -> date:
    if order is Order.DAY_FIRST:
        return _day(told, year, second, first)
    if order is Order.MONTH_FIRST:
        return _day(told, year, first, second)
    if first == second:
        return _day(told, year, first, second)
    raise InputError(
        "birth_date",
        f"'{told}' may be two days",
        "the order of day and month in this file, or 1985-03-21",
    )


def _month(told: str, word: str) -> str:
    for number, month in enumerate(_MONTHS, start=1):
        if len(word) >= 3 and word.casefold().startswith(month):
            return str(number)
    raise InputError("birth_date", f"'{told[:30]}' names no month", RIGHT)


def _day(told: str, year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise InputError("birth_date", f"'{told[:30]}' is no day", RIGHT) from None
