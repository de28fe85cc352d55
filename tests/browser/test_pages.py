"""The pages in a real browser: they stand, stay at home, and keep their promises."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request

from tests.browser.harness import Watched, launch, watched_page

SENTENCE = "deep ache in the front of the right shoulder, 6/10"


def test_body_is_drawn(watched: Watched) -> None:
    page = watched.open("/")
    canvas = page.locator("canvas").first
    canvas.wait_for(state="visible")
    box = canvas.bounding_box()
    assert box is not None
    assert box["width"] > 400
    assert box["height"] > 300
    page.wait_for_function(
        "performance.getEntriesByType('resource').some(e => /glb$/.test(e.name))"
    )


def _say(page: Page, sentence: str) -> None:
    page.locator("textarea").first.fill(sentence)
    page.locator("form:has(textarea) button[type=submit]").first.click()


def test_sentence_is_painted_and_explained(watched: Watched) -> None:
    page = watched.open("/")
    with page.expect_response("**/api/locate") as answer:
        _say(page, SENTENCE)
    best = answer.value.json()["candidates"][0]
    assert best["side"] == "right"
    page.get_by_text(best["name"]).first.wait_for()


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element that matches has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the keyboard did not reach {selector}")


def test_region_is_found_and_added_by_keyboard_alone(watched: Watched) -> None:
    page = watched.open("/")
    _tab_to(page, ".tabs button[aria-pressed=false]")
    page.keyboard.press("Enter")
    _tab_to(page, "[role=combobox]")
    page.keyboard.type("front of the shoulder")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("Enter")
    _tab_to(page, "form button[type=submit], .add button, button.button--primary")
    with page.expect_response("**/api/locate") as answer:
        page.keyboard.press("Enter")
    sent: Any = answer.value.request.post_data_json
    assert sent["drawing"]["marks"]
    assert answer.value.json()["candidates"]


def test_patient_page_never_asks_for_a_ranking(watched: Watched) -> None:
    asked: list[str] = []
    watched.page.on("request", lambda request: asked.append(request.url))
    page = watched.open("/draw")
    box = page.locator("canvas").first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.45
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 10, steps=6)
    page.mouse.up()
    page.wait_for_timeout(1500)
    assert not [url for url in asked if re.search("locate|muscles", url)]
    assert not re.search("trigger|muscle|rank", page.inner_text("#main"), re.IGNORECASE)


@pytest.mark.parametrize("path", ["/", "/draw", "/about"])
def test_nothing_is_kept_in_the_browser(watched: Watched, path: str) -> None:
    page = watched.open(path)
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_without_script_the_page_says_why(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "/")
    assert "JavaScript" in page.inner_text("main")
    context.close()


def test_without_webgl_there_is_still_a_way_in(playwright: Playwright, server: str) -> None:
    browser = launch(playwright, "--disable-3d-apis")
    with watched_page(browser, server) as watched:
        page = watched.open("/")
        with page.expect_response("**/api/locate"):
            _say(page, SENTENCE)
        # three.js reports the missing WebGL to the console, rightly
        watched.faults[:] = [fault for fault in watched.faults if "WebGL" not in fault]
    browser.close()


def test_first_visit_is_light_before_the_body_comes(watched: Watched) -> None:
    """At most 120 kB gzipped without the 3D part and the body, as budgeted."""
    finished: list[Request] = []
    watched.page.on("requestfinished", lambda request: finished.append(request))
    watched.open("/")
    first = {
        request.url: request.sizes()["responseBodySize"]
        for request in finished
        if not re.search(r"view-|\.glb", request.url)
    }
    assert len(first) > 4
    assert sum(first.values()) <= 120_000, first
