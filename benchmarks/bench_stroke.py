"""What one move of the pointer costs while somebody paints, drawing the picture aside.

    python -m benchmarks.bench_stroke

Drives the page in Chromium, as the browser tests do, and prints Markdown.  The page itself times
its work on each move (the event ``stroke-work``); how long the picture takes to draw depends on the
graphics card, and is not in it.
"""

from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright
from tests.browser.drawing import RIGHT_SHOULDER, paint
from tests.browser.harness import launch, running_server, watched_page

MOST_MS = 8  # about half of what a screen of 60 pictures a second allows
SHIFTS = (0, 0.004, 0.008, 0.012)
_LISTEN = """() => {
  window.work = [];
  document.querySelector('canvas').addEventListener(
    'stroke-work', event => window.work.push(event.detail));
}"""


def stroke_work_ms() -> list[float]:
    """Milliseconds of work for each move of four strokes over the shoulder."""
    with (
        TemporaryDirectory(prefix="tautband-bench-") as folder,
        running_server(TAUTBAND_DATA=folder) as address,
        sync_playwright() as driver,
        watched_page(launch(driver), address) as watched,
    ):
        page = watched.open("/")
        page.wait_for_timeout(500)
        page.evaluate(_LISTEN)
        for shift in SHIFTS:
            paint(page, *((x + shift, y) for x, y in RIGHT_SHOULDER))
        found: list[float] = page.evaluate("window.work")
    return found


def report() -> None:
    """Print the table, with the limit beside the figures."""
    work = stroke_work_ms()
    print("| moves of the pointer | median ms | slowest ms | limit of the median |")
    print("|---|---|---|---|")
    print(f"| {len(work)} | {median(work):.1f} | {max(work):.1f} | {MOST_MS} |")


if __name__ == "__main__":
    report()
