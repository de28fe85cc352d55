"""Reading settings from the environment, loudly: a value that cannot be used stops the start."""

import os
from collections.abc import Mapping
from pathlib import Path

from tautband.base.errors import InputError

PREFIX = "TAUTBAND_"
DATABASE_URL = "DATABASE_URL"
SETTINGS: Mapping[str, str] = {
    DATABASE_URL: "postgres://user@host/name; SQLite in the data folder when unset",
    "TAUTBAND_DATA": "folder of the database, keys and backups; made when missing",
    "TAUTBAND_KEYS": "file of the master keys, or their text; in the data folder when unset",
    "TAUTBAND_HEADS": "second folder for the heads of the audit trail, best on another machine",
    "TAUTBAND_DEBUG": "1 shows errors in full and re-reads files; never where patients are",
    "TAUTBAND_SECRET_KEY": "key for signing; kept in the data folder when unset",
    "TAUTBAND_ALLOWED_HOSTS": "host names to answer to, separated by commas",
    "TAUTBAND_HTTPS": "1 when the server stands behind TLS: redirects, HSTS, secure cookies",
    "TAUTBAND_EMAIL": "mail server: smtp://user:password@host:587; e-mails are printed when unset",
    "TAUTBAND_EMAIL_FROM": "address that e-mails come from",
    "TAUTBAND_SMS": "text messages: console, or package.module:factory; none are sent when unset",
    "TAUTBAND_ADDRESS": "where patients reach the server, https://...; unset, none is written to",
    "TAUTBAND_DEMO": "1 lets made-up people of made-up clinics sign in without a second factor",
    "TAUTBAND_PACE": "posts to the API from one address in a minute, for each process; 0 is any",
    "TAUTBAND_LOGS": "text, or json for one JSON object a line",
    "TAUTBAND_LOCALE": "language of the pages: en, or en-XA to see what is not translated",
}


class Environment:
    """The variables that begin with TAUTBAND_; raises InputError for a name that is not one."""

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        found = os.environ if variables is None else variables
        self._values = {
            name: text
            for name, text in found.items()
            if name.startswith(PREFIX) or name == DATABASE_URL
        }
        for name in self._values:
            if name not in SETTINGS:
                raise InputError(name, "is not a setting", f"one of {', '.join(SETTINGS)}")

    def text(self, name: str, default: str) -> str:
        """The value without surrounding space, or the default when unset or empty."""
        return self._values.get(name, "").strip() or default

    def folder(self, name: str, default: Path) -> Path:
        """An absolute path, or the default when unset; nothing is made here."""
        return Path(self.text(name, str(default))).expanduser().resolve()

    def flag(self, name: str) -> bool:
        """True for 1, false for 0 or unset; raises InputError for anything else."""
        value = self.text(name, "0")
        if value not in ("0", "1"):
            raise InputError(name, f"'{value}' is neither on nor off", "1 or 0")
        return value == "1"

    def number(self, name: str, default: int) -> int:
        """A whole number from 0, the default when unset; raises InputError for anything else."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdecimal() and len(value) < 10):
            raise InputError(name, f"'{value[:20]}' cannot be used", "a whole number, 0 or more")
        return int(value)

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


def usual_data_folder(variables: Mapping[str, str] | None = None) -> Path:
    """Where programs of a user keep their data (XDG base directories)."""
    found = os.environ if variables is None else variables
    base = found.get("XDG_DATA_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".local/share") / "tautband"
