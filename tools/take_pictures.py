"""Take the pictures of the pages that README.md and docs/ show, from a running server.

    .venv/bin/python -m tautband serve --port 8000
    .venv/bin/python -m tools.take_pictures http://127.0.0.1:8000

It needs Chromium and the packages of the tests.  Run it anew when a page changes its looks.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
FLAGS = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
# Strokes over the front of the right shoulder and down the arm, as shares of the picture.
SHOULDER = (((0.445, 0.235), (0.430, 0.27), (0.425, 0.30)), ((0.437, 0.24), (0.418, 0.31)))
ARM = (((0.415, 0.30), (0.400, 0.34), (0.385, 0.37)),)


def main() -> int:
    """Take all of them; 2 when it is not told where."""
    if len(sys.argv) != 2:
        print("Which server? Give its address, for example http://127.0.0.1:8000", file=sys.stderr)
        return 2
    address = sys.argv[1].rstrip("/")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        _save("page", _clinician(browser, address))
        _save("page-phone", _phone(browser, address))
        _save("draw", _patient(browser, address))
        _save("atlas-page", _record(browser, address))
        _save("atlas-list", _found(browser, address))
        _save("examine-phone", _examination(browser, address))
        _save("forecast", _forecast(browser, address))
        browser.close()
    return 0


def _clinician(browser: Browser, address: str) -> bytes:
    """A painted shoulder, its ranking, and the zones of the best candidate."""
    page = _open(browser, address + "/", DESK)
    _paint(page, 6, SHOULDER)
    _paint(page, 4, ARM)
    page.locator(".candidate").first.wait_for()
    page.wait_for_timeout(1500)
    _nearer(page, (0.45, 0.27))
    page.locator(".candidate__main").first.hover()
    page.locator(".legend").wait_for()
    page.wait_for_timeout(800)
    return page.screenshot()


def _phone(browser: Browser, address: str) -> bytes:
    """A sentence and what would explain it, on a phone."""
    page = _open(browser, address + "/", PHONE)
    page.get_by_role("button", name="Trigger points").click()
    page.locator("textarea").fill("deep ache in the front of the right shoulder, 6/10")
    page.get_by_role("button", name="Paint it").click()
    page.locator(".candidate").first.wait_for()
    page.wait_for_timeout(800)
    page.locator(".words").evaluate("e => e.closest('.sheet__pane').scrollTo(0, 190)")
    page.wait_for_timeout(300)
    return page.screenshot()


def _patient(browser: Browser, address: str) -> bytes:
    """The patient's page with a painted shoulder."""
    page = _open(browser, address + "/draw", DESK)
    _paint(page, 6, SHOULDER)
    page.mouse.move(600, 780)
    page.wait_for_timeout(500)
    return page.screenshot()


def _record(browser: Browser, address: str) -> bytes:
    """A record of the atlas with the body in 3D."""
    page = _open(browser, address + "/atlas/infraspinatus/", DESK)
    page.locator("#figure.is-live").wait_for()
    page.wait_for_timeout(800)
    return page.screenshot()


def _found(browser: Browser, address: str) -> bytes:
    """What a search of the atlas finds."""
    page = _open(browser, address + "/atlas/?q=outer+elbow", DESK)
    return page.screenshot()


def _examination(browser: Browser, address: str) -> bytes:
    """What to examine next, and what was found, on a phone."""
    page = _open(browser, address + "/", PHONE)
    page.get_by_role("button", name="Trigger points").click()
    page.locator("textarea").fill("deep ache in the front of the right shoulder, 6/10")
    page.get_by_role("button", name="Paint it").click()
    page.locator(".next__open").click()
    page.locator(".sheet__grow").click()
    page.locator(".next").get_by_role("button", name="Tender spot in band").click()
    page.locator(".candidate__alone").first.wait_for()
    page.locator(".next").evaluate("e => e.closest('.sheet__pane').scrollTo(0, e.offsetTop - 260)")
    page.wait_for_timeout(800)
    return page.screenshot()


def _forecast(browser: Browser, address: str) -> bytes:
    """The made-up course and its forecast."""
    page = _open(browser, address + "/forecast/", {"width": 1280, "height": 1180})
    page.get_by_role("button", name="Load a made-up example").click()
    page.locator(".chart").wait_for()
    page.wait_for_timeout(500)
    return page.screenshot()


def _open(browser: Browser, url: str, size: ViewportSize) -> Page:
    page = browser.new_page(viewport=size, color_scheme="light", reduced_motion="reduce")
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(800)
    return page


def _paint(
    page: Page, intensity: int, strokes: tuple[tuple[tuple[float, float], ...], ...]
) -> None:
    page.locator(f".dock .pain-{intensity}").click()
    box = page.locator("canvas").bounding_box()
    assert box is not None
    for stroke in strokes:
        way = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*way[0])
        page.mouse.down()
        for point in way[1:]:
            page.mouse.move(*point, steps=12)
        page.mouse.up()


def _nearer(page: Page, at: tuple[float, float]) -> None:
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"])
    for _ in range(4):
        page.mouse.wheel(0, -150)
        page.wait_for_timeout(100)


def _save(name: str, picture: bytes) -> None:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    path = TARGET / f"{name}.png"
    image.save(path, optimize=True)
    print(f"{path.name}  {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
