"""A key ring of its own for a test."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def own_ring(tmp_path: Path, settings: Settings) -> Path:
    """A data folder of the test's own, in which the keys are made at first use; its file."""
    settings.TAUTBAND_DATA = tmp_path / "data"
    settings.TAUTBAND_KEYS = ""
    return tmp_path / "data" / "keys.json"
