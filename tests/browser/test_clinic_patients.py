"""Pages of patients in a browser: for everybody, at every width, by the keyboard alone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.clinic_data import make_clinic
from tests.browser.harness import DESK, PHONE, Watched, running_server, watched_page
from tests.browser.test_accessibility import findings, small_targets
from tests.browser.test_texts import Data

LIST = "/clinic/{clinic}/patients/"
ONE = LIST + "{patient}/"
PAGES = {
    "list": LIST,
    "admit": LIST + "new/",
    "import": LIST + "import/",
    "patient": ONE,
    "filtered": ONE + "?show=sessions",
    "background": ONE + "background/",
    "export": ONE + "export/",
    "episode": ONE + "episodes/{episode}/",
    "guardian": ONE + "guardians/new/",
    "new episode": ONE + "add/episode/",
    "change": ONE + "contacts/",
    "entry": ONE + "entries/assessment/{assessment}/",
    "note": ONE + "entries/note/{note}/",
}


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, Any]]:
    """A data folder with a clinic in it, and what is in it."""
    folder = tmp_path_factory.mktemp("clinic")
    return folder, make_clinic(folder)


@pytest.fixture(scope="module")
def address(clinic: tuple[Path, Mapping[str, Any]]) -> Iterator[str]:
    """The server of that clinic."""
    with running_server(TAUTBAND_DATA=str(clinic[0])) as found:
        yield found


@contextmanager
def _signed_in(
    browser: Browser,
    address: str,
    made: Mapping[str, Any],
    view: ViewportSize = DESK,
    scheme: str = "light",
    name: str = "clinician",
    touch: bool = False,
) -> Iterator[Watched]:
    with watched_page(browser, address, view, scheme, touch) as watched:
        key = made["sessions"][name]
        name = str(settings.SESSION_COOKIE_NAME)
        cookie: SetCookieParam = {"name": name, "value": key, "url": address}
        watched.page.context.add_cookies([cookie])
        watched.open(LIST.format(**made))
        assert "/account/" not in watched.page.url, "the session of the test is not known"
        yield watched


def test_every_page_for_everybody(
    browser: Browser, address: str, clinic: tuple[Path, Mapping[str, Any]]
) -> None:
    """Axe finds nothing, at a desk in the light or small and dark; all can be seen and tapped."""
    made = clinic[1]
    with _signed_in(browser, address, made) as watched:
        for name, at in PAGES.items():
            page = watched.page
            page.emulate_media(color_scheme="light")
            page.set_viewport_size(DESK)
            watched.open(at.format(**made))
            assert findings(page) == [], name
            page.emulate_media(color_scheme="dark")
            page.set_viewport_size(PHONE)
            assert findings(page) == [], name
            for width in (320, 768):
                page.set_viewport_size({"width": width, "height": 844})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, name
                assert small_targets(page) == [], name


def test_no_text_outside_the_catalogue(
    browser: Browser, clinic: tuple[Path, Mapping[str, Any]]
) -> None:
    folder, made = clinic
    with (
        running_server(TAUTBAND_DATA=str(folder), TAUTBAND_LOCALE="en-XA") as address,
        _signed_in(browser, address, made, {"width": 360, "height": 800}) as watched,
    ):
        data = Data(watched.page)
        for name, at in PAGES.items():
            page = watched.open(at.format(**made))
            assert data.plain_texts(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, name


def _rows(page: Page) -> list[str]:
    return page.locator("[data-row] .rec-row__name").all_inner_texts()


def test_finding_a_patient_by_the_keyboard_alone(
    browser: Browser, address: str, clinic: tuple[Path, Mapping[str, Any]]
) -> None:
    made = clinic[1]
    with _signed_in(browser, address, made, name="reception") as watched:
        page = watched.open(LIST.format(**made))
        assert _rows(page)[0] == "Okafor, Ngozi"
        page.keyboard.press("/")
        page.keyboard.type("dvorak em", delay=20)
        expect(page.locator("[data-row] .rec-row__name").first).to_have_text("Dvořák, Emil")
        assert "dvorak" not in page.url.lower()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/patients/*-*/")
        assert page.get_by_role("heading", level=1).inner_text().startswith("Dvořák")


def test_a_list_is_looked_at_and_taken_over_without_choosing_it_twice(
    browser: Browser, address: str, clinic: tuple[Path, Mapping[str, Any]], tmp_path: Path
) -> None:
    made = clinic[1]
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("first name;last name;born\nYuki;Tanaka;1990-04-05\n", "utf-8")
    bad.write_text("first name;last name;born\nYuki;Tanaka;yesterday\n", "utf-8")
    with _signed_in(browser, address, made) as watched:
        page = watched.open(LIST.format(**made) + "import/")
        page.set_input_files("#list", bad)
        page.get_by_role("button", name="Look at it").click()
        page.get_by_text("1 line is wrong").first.wait_for()
        watched.faults.clear()  # Chromium reports the 400 itself
        assert findings(page) == []
        page.set_input_files("#list", good)
        page.get_by_role("button", name="Look at it").click()
        page.get_by_role("button", name="Take over 1 patient").click()
        page.get_by_text("1 patient was taken over.").wait_for()
        assert "Tanaka, Yuki" in _rows(page)


def test_what_was_typed_survives_an_error(
    browser: Browser, address: str, clinic: tuple[Path, Mapping[str, Any]]
) -> None:
    made = clinic[1]
    with _signed_in(browser, address, made, PHONE, touch=True) as watched:
        page = watched.open(LIST.format(**made) + "new/")
        page.get_by_label("Family name").fill("Lindqvist")
        page.get_by_label("E-mail").fill("lindqvist")
        page.get_by_role("button", name="Admit").click()
        page.get_by_text("This is not an e-mail address.").wait_for()
        watched.faults.clear()  # Chromium reports the 400 itself
        assert page.get_by_label("Family name").input_value() == "Lindqvist"
        assert findings(page) == []
        page.get_by_label("E-mail").fill("lindqvist@example.org")
        page.get_by_role("button", name="Admit").click()
        page.wait_for_url("**/patients/*-*/")
        assert page.get_by_role("heading", level=1).inner_text() == "Lindqvist"
