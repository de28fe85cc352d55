"""Reading settings from the environment, loudly: a value that cannot be used stops the start."""

import os
from collections.abc import Mapping

from tautband.base.errors import InputError

PREFIX = "TAUTBAND_"
SETTINGS: Mapping[str, str] = {
    "TAUTBAND_DEBUG": "1 shows errors in full and re-reads files; never where patients are",
    "TAUTBAND_SECRET_KEY": "key for signing; made anew at each start when unset",
    "TAUTBAND_ALLOWED_HOSTS": "host names to answer to, separated by commas",
    "TAUTBAND_HTTPS": "1 when the server stands behind TLS: redirects, HSTS, secure cookies",
    "TAUTBAND_LOCALE": "language of the pages: en, or en-XA to see what is not translated",
}


class Environment:
    """The variables that begin with TAUTBAND_; raises InputError for a name that is not one."""

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        found = os.environ if variables is None else variables
        self._values = {name: text for name, text in found.items() if name.startswith(PREFIX)}
        for name in self._values:
            if name not in SETTINGS:
                raise InputError(name, "is not a setting", f"one of {', '.join(SETTINGS)}")

    def text(self, name: str, default: str) -> str:
        """The value without surrounding space, or the default when unset or empty."""
        return self._values.get(name, "").strip() or default

    def flag(self, name: str) -> bool:
        """True for 1, false for 0 or unset; raises InputError for anything else."""
        value = self.text(name, "0")
        if value not in ("0", "1"):
            raise InputError(name, f"'{value}' is neither on nor off", "1 or 0")
        return value == "1"

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """One of the allowed values, the first when unset; raises InputError for anything else."""
        value = self.text(name, allowed[0])
        if value not in allowed:
            raise InputError(name, f"'{value}' is not known", " or ".join(allowed))
        return value

    def names(self, name: str, default: tuple[str, ...]) -> list[str]:
        """A list written with commas, or the default when unset."""
        parts = [part.strip() for part in self.text(name, "").split(",")]
        return [part for part in parts if part] or list(default)
