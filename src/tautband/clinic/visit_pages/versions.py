"""What made an answer: the versions that are stored with everything that was shown."""

import hashlib
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from tautband.atlas.atlas import load_atlas


@cache
def versions() -> dict[str, str]:
    """Program, atlas, and a digest of the rules, questions and guidelines of safety."""
    return {
        "tautband": metadata.version("tautband"),
        "atlas": load_atlas().version,
        "rules": _digest(resources.files("tautband.safety")),
    }


def _digest(folder: Traversable) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(_files(folder, "")):
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:12]


def _files(folder: Traversable, under: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{under}/{entry.name}"
        if entry.is_dir():
            found += _files(entry, name)
        elif entry.name.endswith(".toml"):
            found.append((name, entry.read_bytes()))
    return found
