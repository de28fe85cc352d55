"""Secrets that an installation keeps in its data folder, readable by its own user alone."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

NAME = "signing.key"


def kept_secret(data: Path, name: str = NAME) -> str:
    """The secret of that name, made at first use; the file is never half-written nor replaced."""
    return kept_text(data / name, lambda: secrets.token_urlsafe(48)).strip()


def kept_text(path: Path, make: Callable[[], str]) -> str:
    """What the file holds; when there is none, it is made once, whole, for this user alone.

    Two processes that start at once agree: the one that comes second reads what the first wrote.
    """
    if not path.exists():
        with suppress(FileExistsError):
            write_new(path, make())
    return path.read_text("utf-8")


def write_new(path: Path, text: str) -> None:
    """Write a new file, mode 0600; raises FileExistsError rather than overwrite one."""
    draft = _draft(path, text)
    try:
        os.link(draft, path)
    finally:
        draft.unlink()
    _sync_folder(path.parent)


def write_over(path: Path, text: str) -> None:
    """Replace a file in one step, mode 0600: a reader sees the old text or the new one."""
    draft = _draft(path, text)
    draft.replace(path)
    _sync_folder(path.parent)


def _draft(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.parent / f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}"
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _sync_folder(folder: Path) -> None:
    """Make sure that the name, not only the content, survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
