"""Every page for everybody: axe without a finding, and the keyboard reaches all there is."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.harness import DESK, PHONE, ROOT, Watched, watched_page

PAGES = (
    "/",
    "/draw",
    "/about",
    "/forecast/",
    "/measures/",
    "/atlas/",
    "/atlas/?q=elbow",
    "/atlas/infraspinatus/",
    "/atlas/common_extensor_origin/",
    "/atlas/not-now/",
    "/atlas/presentations/",
    "/atlas/presentations/neck_pain/",
    "/evidence/",
    "/evidence/neck_pain/",
    "/evidence/neck_pain/patient/",
    "/evidence/claims/",
    "/evidence/mechanism/",
    "/nowhere",
)
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"

# What one can operate and see.  Members of a radio group, tabs and the like share one stop.
_OPERABLE = """
() => [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0
    && !e.closest('[inert]') && !(e.type === 'radio' && !e.checked))
  .map((e, number) => { e.dataset.stop = number; return e.outerHTML.slice(0, 120); })
"""
_FOCUSED = """
() => {
  const e = document.activeElement;
  const near = [e, e.parentElement, e.nextElementSibling]
    .filter(Boolean).map(x => getComputedStyle(x));
  return {
    stop: e.dataset.stop ?? null,
    html: e.outerHTML.slice(0, 120),
    shown: near.some(s => (s.outlineStyle !== 'none' && s.outlineWidth !== '0px')
      || s.boxShadow !== 'none'),
  };
}
"""


# What is lower than a finger needs: 44 px, but for links within a text.  A box to tick is tapped by
# its label.
_SMALL = """
() => [...document.querySelectorAll('a[href], button, select, input, textarea, summary')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && e.type !== 'hidden'
    && getComputedStyle(e).display !== 'inline'
    && !e.matches('.visually-hidden, .visually-hidden *, .skip-link'))
  .filter(e => ![e, ...(e.labels ?? [])].map(x => x.getBoundingClientRect())
    .some(box => box.height > 43.5 && box.width > 43.5))
  .map(e => e.outerHTML.slice(0, 120))
"""


def small_targets(page: Page) -> list[str]:
    """What one can tap and could miss: narrower or lower than 44 px, links within text aside."""
    found: list[str] = page.evaluate(_SMALL)
    return found


def findings(page: Page) -> list[str]:
    """What axe holds against the page as it stands."""
    # Evaluated by the browser's debugger, which the content policy of the page does not bind.
    page.evaluate(AXE.read_text("utf-8"))
    report: dict[str, Any] = page.evaluate("() => axe.run(document)")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in report["violations"]
        for node in violation["nodes"]
    ]


@pytest.fixture(params=[("desk", "light"), ("phone", "dark")], ids="-".join)
def any_page(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Watched]:
    """Each page in both sizes and both schemes; all four ways would take twice as long."""
    size, scheme = request.param
    viewport = {"desk": DESK, "phone": PHONE}[size]
    with watched_page(browser, server, viewport, scheme, touch=size == "phone") as found:
        yield found


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_is_cut_off(watched: Watched, path: str) -> None:
    """At a desk in the light, and on the same page made small and dark."""
    page = watched.open(path)
    if path == "/nowhere":
        watched.faults.clear()  # Chromium reports the 404 itself
    assert findings(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    assert findings(page) == []
    for width in (320, 768):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_around_a_ranking(any_page: Watched) -> None:
    page = any_page.open("/")
    words = "deep ache in the front of the right shoulder, no pain in the hand"
    field = page.locator("textarea").first
    if not field.is_visible():
        page.get_by_text("Trigger points", exact=True).first.click()
    field.fill(words)
    with page.expect_response("**/api/locate"):
        page.locator("form:has(textarea) button[type=submit]").first.click()
    page.locator(".candidate").first.wait_for()
    page.locator(".candidate button[aria-expanded=false]").first.click()
    page.locator(".examine").get_by_text("No", exact=True).first.click()
    page.locator(".found").wait_for()
    assert findings(page) == []


@pytest.mark.parametrize(
    "path", ["/", "/draw", "/about", "/forecast/", "/atlas/?q=elbow", "/atlas/soleus/"]
)
def test_tab_reaches_everything_and_shows_where_it_is(watched: Watched, path: str) -> None:
    page = watched.open(path)
    wanted = dict(enumerate(page.evaluate(_OPERABLE)))
    reached: set[int] = set()
    unmarked: list[str] = []
    for _ in range(len(wanted) + 5):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused["stop"] is None:
            continue
        reached.add(int(focused["stop"]))
        if not focused["shown"]:
            unmarked.append(focused["html"])
    assert len(wanted) > 3
    assert [html for number, html in wanted.items() if number not in reached] == []
    assert unmarked == []


def test_skip_link_comes_first_and_leads_to_the_content(watched: Watched) -> None:
    page = watched.open("/")
    page.keyboard.press("Tab")
    link = page.locator(".skip-link")
    assert link.evaluate("e => e === document.activeElement")
    box = link.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
