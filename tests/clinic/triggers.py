"""Emptying a test's database although its triggers refuse to delete what is kept for ever."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase


@contextmanager
def without_triggers() -> Iterator[None]:
    """The connection as somebody has it who may do everything in the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in found:
            cursor.execute(sql)


@pytest.fixture(autouse=True)
def own_heads() -> Iterator[None]:
    """No test finds the heads of another's chains."""
    yield
    shutil.rmtree(Path(settings.TAUTBAND_DATA) / "heads", ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def emptied_in_spite_of_triggers() -> Iterator[None]:
    """What the runner does after a test with real transactions."""
    emptied = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(self: Any) -> None:
        with without_triggers():
            emptied(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield
