"""Reading the reviewed data of this package."""

import tomllib
from importlib import resources
from typing import TypeVar

import msgspec

from tautband.base.errors import InputError

T = TypeVar("T")


def read_data(name: str, kind: type[T], package: str = "tautband.safety.events") -> T:
    """Decode ``data/NAME`` of a package strictly; raises InputError that names the file."""
    text = resources.files(package).joinpath("data", name).read_text("utf-8")
    return parse_data(text, name, kind)


def parse_data(text: str, name: str, kind: type[T]) -> T:
    """Decode a TOML text strictly; raises InputError that names the file."""
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(name, str(error)) from error
