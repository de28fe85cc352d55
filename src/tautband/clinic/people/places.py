"""Where a clinic stands: its jurisdiction as the practitioner rules write it, and its time zone."""

import re
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from tautband.base.errors import InputError
from tautband.safety.practitioners import load_rules

_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


@cache
def known_jurisdictions() -> tuple[str, ...]:
    """The codes for which a rule was read."""
    return tuple(sorted({rule.jurisdiction for rule in load_rules()}))


@cache
def known_professions() -> tuple[str, ...]:
    """The professions for which a rule was read."""
    return tuple(sorted({rule.profession for rule in load_rules()}))


@cache
def time_zones() -> tuple[str, ...]:
    """The names that this system knows, without the old and the technical ones."""
    kept = (name for name in available_timezones() if "/" in name or name == "UTC")
    return tuple(sorted(n for n in kept if not n.startswith(("Etc/", "SystemV/", "posix/"))))


def checked_jurisdiction(text: str) -> str:
    """A country of two letters, with its part where law differs; raises InputError.

    A place of which no rule was read is fine: there, everything is "not established".
    """
    code = text.strip().upper()
    if not _CODE.fullmatch(code):
        raise InputError("jurisdiction", f"'{code[:20]}' is no code", "such as US-CO, GB or ES")
    return code


def checked_time_zone(text: str) -> str:
    """The name of a time zone; raises InputError."""
    name = text.strip()
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError("time zone", f"'{name[:40]}' is not known", "Europe/Madrid") from error
    return name
