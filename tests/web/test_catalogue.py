"""The catalogue: well-formed, used, and turned into the pseudo-locale whole."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from tautband.clinic import catalogue

ROOT = Path(__file__).resolve().parents[2]


def messages() -> list[str]:
    resource = FluentParser().parse(catalogue.catalogue_source())
    return [entry.id.name for entry in resource.body if isinstance(entry, ast.Message)]


def test_catalogue_has_no_junk_and_no_id_twice() -> None:
    resource = FluentParser().parse(catalogue.catalogue_source())
    junk = [entry.content for entry in resource.body if isinstance(entry, ast.Junk)]
    assert junk == []
    assert len(set(messages())) == len(messages())


def test_every_message_is_used() -> None:
    sources = [
        *(ROOT / "src/tautband/clinic").rglob("*.html"),
        *(ROOT / "src/tautband/clinic").rglob("*.py"),
        *(ROOT / "frontend/src").rglob("*.ts"),
        *(ROOT / "frontend/src").rglob("*.tsx"),
    ]
    everything = "\n".join(path.read_text("utf-8") for path in sources)
    unused = [
        name
        for name in messages()
        # error-404 and the like are put together from the status
        if not re.search(rf"[\"'`]{name}[\"'`]", everything) and not name.startswith("error-")
    ]
    assert unused == []


def test_values_are_filled_in() -> None:
    assert catalogue.text("shell-title", "en", page="About") == "About · Tautband"


def test_pseudo_locale_changes_texts_but_not_values() -> None:
    shown = catalogue.text("shell-title", "en-XA", page="About")
    assert shown.startswith("About · ")
    assert "Tautband" not in shown


def test_pseudo_text_is_longer_and_has_no_plain_letter() -> None:
    shown = catalogue.accented("The quick brown fox jumps over the lazy dog")
    assert not re.search("[A-Za-z]", shown)
    assert len(shown) > 1.2 * len("The quick brown fox jumps over the lazy dog")


@pytest.mark.parametrize(("message", "values"), [("no-such-text", {}), ("shell-title", {})])
def test_missing_text_or_value_is_an_error(message: str, values: dict[str, str]) -> None:
    with pytest.raises(LookupError):
        catalogue.text(message, "en", **values)
