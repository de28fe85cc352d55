"""Walk a first day in the made-up clinic, and take the pictures of `docs/clinicians/first-day.md`.

    python -m tools.tour [FOLDER]

Fails where a step of the tour does not work, so that the page cannot show what is not there.
"""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, ViewportSize, expect, sync_playwright
from tests.browser.harness import DESK, PHONE, free_port, launch

PICTURES = Path(__file__).parents[1] / "docs" / "pictures" / "tour"
MOST_TAPS = 6  # from the day's list to the first needle that is recorded
READY_S = 180
WHY = "Asked and answered at the couch."


@contextmanager
def demonstration() -> Iterator[str]:
    """A made-up clinic of its own, from the start to its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="tautband-tour-") as folder:
        command = [sys.executable, "-m", "tautband", "demo", "--data", f"{folder}/clinic"]
        running = subprocess.Popen([*command, "--port", str(port)])
        try:
            _wait(f"{address}/health")
            yield address
        finally:
            running.terminate()
            running.wait()


def _wait(address: str) -> None:
    for _ in range(READY_S):
        try:
            with urlopen(address):
                return
        except URLError:
            time.sleep(1)
    raise TimeoutError(address)


class Tour:
    """One person's walk, with a picture of each stop."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder, self.taps = page, folder, 0

    def shot(self, name: str, size: ViewportSize = PHONE) -> None:
        """A picture of what is in sight."""
        self.page.set_viewport_size(size)
        self.page.wait_for_timeout(400)
        self.page.screenshot(path=self.folder / f"{name}.png")

    def tap(self, name: str) -> None:
        """One tap that counts."""
        self.page.get_by_role("button", name=re.compile(name)).first.click()
        self.page.wait_for_load_state()
        self.taps += 1

    def returning(self) -> None:
        """A patient who comes again: from the day's list to a signed note."""
        page = self.page
        page.locator(".day__link").filter(has_not_text="New").nth(1).click()
        page.wait_for_load_state()
        self.taps += 1
        page.get_by_role("heading", name=re.compile("Last session")).wait_for()
        self.shot("visit")
        self.tap("All of it holds")
        self.tap("Repeat the last session")
        expect(page.get_by_text("All saved")).to_be_visible()
        page.locator(".choose__muscle").first.click()
        self.taps += 1
        page.locator(".muscle__name, #reason").first.wait_for()
        if page.locator("#reason").count():
            page.locator("#reason").fill(WHY)
            page.locator("dialog[open] .button--primary").click()
        self.shot("couch")
        self.tap("^Done$")
        expect(page.get_by_text("All saved")).to_be_visible()
        assert self.taps <= MOST_TAPS, self.taps
        if page.get_by_role("button", name="Not tested today").count():
            page.get_by_role("button", name="Not tested today").click()
        page.get_by_role("button", name="No reaction").click()
        page.get_by_role("button", name="Finish").click()
        page.wait_for_url(re.compile("/note/"))
        self.shot("note", DESK)

    def first_visit(self) -> None:
        """A patient who comes for the first time, and paints."""
        page = self.page
        page.locator(".day__link").filter(has_text="New").last.click()
        page.wait_for_load_state()
        expect(page.get_by_role("heading", name="A first visit")).to_be_visible()
        self.shot("first-visit")
        page.get_by_role("link", name="Draw and examine").click()
        page.get_by_role("button", name="Begin an assessment").click()
        page.locator(".studio").wait_for()
        page.get_by_role("button", name="Hand over to the patient").click()
        page.locator(".studio--patient canvas").wait_for()
        page.wait_for_timeout(1500)
        self.shot("patient")


def main() -> None:
    """Take all pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as driver:
        browser = launch(driver)
        for walk in ("returning", "first_visit"):
            page = browser.new_page(viewport=DESK)
            page.goto(f"{address}/demo/")
            tour = Tour(page, folder)
            if walk == "returning":
                tour.shot("demo", DESK)
            page.get_by_role("button").filter(has_text="Maya").first.click()
            page.wait_for_load_state()
            if walk == "returning":
                tour.shot("today", DESK)
            getattr(tour, walk)()
            print(f"{walk}: {tour.taps} taps counted")
            page.close()


if __name__ == "__main__":
    main()
