"""Fixtures of the browser tests; what they are made of stands in `harness`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.harness import Watched, launch, running_server, watched_page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The server in English."""
    with running_server() as address:
        yield address


@pytest.fixture(scope="session")
def pseudo_server() -> Iterator[str]:
    """The server in the pseudo-locale."""
    with running_server(TAUTBAND_LOCALE="en-XA") as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver, of which there can be one at a time."""
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium with WebGL in software."""
    found = launch(playwright)
    yield found
    found.close()


@pytest.fixture
def watched(browser: Browser, server: str) -> Iterator[Watched]:
    """A page of the English server at a desk."""
    with watched_page(browser, server) as found:
        yield found
