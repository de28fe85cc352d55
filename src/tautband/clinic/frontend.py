"""The built front end: which files an entry needs, read from Vite's manifest."""

import json
from functools import cache
from pathlib import Path
from typing import TypedDict

import msgspec
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class _Chunk(TypedDict, total=False):
    file: str
    css: list[str]
    imports: list[str]


class EntryFiles(msgspec.Struct, frozen=True):
    """Addresses that a page links for one entry; ``script`` is None for a stylesheet."""

    script: str | None
    styles: tuple[str, ...]
    imports: tuple[str, ...]


def entry_files(entry: str) -> EntryFiles:
    """The files of an entry such as ``src/main.ts``; read anew on each page while debugging."""
    if settings.DEBUG:
        _manifest.cache_clear()
    manifest = _manifest()
    if entry not in manifest:
        raise ImproperlyConfigured(f"the front end has no entry {entry}; its build is out of date")
    chunk = manifest[entry]
    reached = _reached(manifest, entry)
    styles = [url for key in (*reached, entry) for url in manifest[key].get("css", [])]
    if chunk["file"].endswith(".css"):
        return EntryFiles(None, (_url(chunk["file"]),), ())
    return EntryFiles(
        _url(chunk["file"]),
        tuple(_url(url) for url in dict.fromkeys(styles)),
        tuple(_url(manifest[key]["file"]) for key in reached),
    )


def _reached(manifest: dict[str, _Chunk], entry: str) -> list[str]:
    """The chunks that an entry imports, directly or not, without those it loads later."""
    found: list[str] = []
    waiting = list(manifest[entry].get("imports", []))
    while waiting:
        key = waiting.pop(0)
        if key not in found:
            found.append(key)
            waiting.extend(manifest[key].get("imports", []))
    return found


def _url(file: str) -> str:
    return f"{settings.STATIC_URL}app/{file}"


@cache
def _manifest() -> dict[str, _Chunk]:
    path = Path(settings.STATIC_ROOT) / "app" / ".vite" / "manifest.json"
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except FileNotFoundError as error:
        raise ImproperlyConfigured(
            "the front end is not built: run `make run`, or install the built wheel"
        ) from error
