"""The catalogue: well-formed, used, and turned into the pseudo-locale whole."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from tautband.clinic import catalogue

CLINIC = Path(__file__).resolve().parents[2] / "src" / "tautband" / "clinic"


def messages() -> list[str]:
    resource = FluentParser().parse(catalogue.catalogue_source())
    return [entry.id.name for entry in resource.body if isinstance(entry, ast.Message)]


def test_catalogue_has_no_junk_and_no_id_twice() -> None:
    resource = FluentParser().parse(catalogue.catalogue_source())
    junk = [entry.content for entry in resource.body if isinstance(entry, ast.Junk)]
    assert junk == []
    assert len(set(messages())) == len(messages())


def test_every_message_of_the_templates_is_used() -> None:
    sources = [*CLINIC.rglob("*.html"), *CLINIC.rglob("*.py")]
    everything = "\n".join(path.read_text("utf-8") for path in sources)
    ours = [name for name in messages() if name.startswith(("shell-", "page-", "about-"))]
    assert [name for name in ours if f'"{name}"' not in everything] == []


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_every_error_page_has_its_texts(status: int) -> None:
    assert {f"error-{status}", f"error-{status}-title"} <= set(messages())


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
