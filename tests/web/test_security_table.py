"""The table of requirements: complete, each name in it real, and the document made from it."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import global_settings
from tools import write_security
from tools.write_security import CHAPTERS, Requirement, document, load, missing

# How many the standard has, counted in its own list of version 5.0.0.
LEVEL_1, LEVEL_2 = 70, 183
SOURCES = Path(__file__).resolve().parents[2] / "src"


def test_every_requirement_of_both_levels_stands_there_once() -> None:
    table = load()
    first, second = table.ids(1), table.ids(2)
    assert (len(first), len(second)) == (LEVEL_1, LEVEL_2)
    ids = first + second
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"V([1-9]|1[0-7])\.[1-9]\.[1-9]\d?", one) for one in ids)
    assert {one.chapter for one in table.requirements} == set(CHAPTERS)


def test_every_test_setting_and_section_exists() -> None:
    wrong = {
        named: missing(named)
        for one in load().requirements
        for named in one.by
        if missing(named) is not None
    }
    assert not wrong


@pytest.mark.parametrize(
    "named",
    [
        "tests/web/test_headers.py::test_nothing_of_the_kind",
        "tests/nowhere.py::test_it",
        "src/tautband/clinic/settings.py::test_it",
        "setting:NO_SUCH_SETTING",
        "document:docs/security.md#No such section",
        "somebody said so",
    ],
)
def test_a_name_of_nothing_is_found(named: str) -> None:
    assert missing(named)


def test_the_document_is_current() -> None:
    assert write_security.TARGET.read_text("utf-8") == document(), "run tools/write_security.py"


@pytest.mark.parametrize("state", ["met", "partly", "not met", "installation"])
def test_a_state_without_its_ground_is_refused(state: Any) -> None:
    with pytest.raises(ValueError, match=r"V1\.1\.1"):
        Requirement("V1.1.1", 1, state, "a thing", ())


def test_unknown_words_in_the_data_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.toml.decode(b"requirements = []\nsaid = 1", type=write_security.Table)


# What no other test holds


def test_passwords_are_stored_slowly() -> None:
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    text = (SOURCES / "tautband/clinic/settings.py").read_text("utf-8")
    assert "PASSWORD_HASHERS" not in text, "the product keeps Django's choice"
    assert global_settings.PASSWORD_HASHERS[0].endswith(".PBKDF2PasswordHasher")
    assert PBKDF2PasswordHasher.iterations >= 600_000


def test_weak_hashes_are_not_used() -> None:
    weak = re.compile(r"\b(md5|sha1|MD5|SHA1|RC4|ECB|TripleDES)\b")
    found = [path.name for path in SOURCES.rglob("*.py") if weak.search(path.read_text("utf-8"))]
    assert found == []
