"""The main path in a real browser: from where it hurts to what would explain it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.drawing import RIGHT_SHOULDER, card, paint, ranked, say
from tests.browser.harness import Watched

SENTENCE = "deep ache in the front of the right shoulder, running down the outside of the arm"


def _watch_drawings(page: Page) -> list[dict[str, Any]]:
    """Every question that the page asks of the ranking, as it is asked."""
    asked: list[dict[str, Any]] = []

    def note(request: Request) -> None:
        if "/api/locate" in request.url:
            asked.append(dict(request.post_data_json or {}))

    page.on("request", note)
    return asked


def test_sentence_is_painted_and_ranked(watched: Watched) -> None:
    page = watched.open("/")
    with page.expect_response("**/api/locate") as answer:
        say(page, SENTENCE)
    page.locator(".candidate").first.wait_for()
    expected = answer.value.json()["candidates"][0]
    assert ranked(page)[0].startswith(expected["name"])
    expect(page.get_by_text(re.compile(r"Places \([1-9]"))).to_be_visible()


def test_sentence_without_a_quality_is_painted_and_listed_as_not_said(watched: Watched) -> None:
    page = watched.open("/")
    say(page, "pain in the left knee")
    page.locator(".leading, .candidate").first.wait_for()
    page.get_by_text("Places (").click()
    expect(page.locator(".painted__value").first).to_contain_text("Not said")


def test_mended_sentence_takes_the_place_of_the_first(watched: Watched) -> None:
    page = watched.open("/")
    asked = _watch_drawings(page)
    sides = []
    for side in ("left", "right"):
        with page.expect_response("**/api/locate"):
            say(page, f"burning in the {side} calf")
        sides.append(asked[-1]["drawing"]["marks"])
    assert [len(marks) for marks in sides] == [1, 1]
    assert sides[0] != sides[1]


def test_painting_with_the_mouse_ranks_while_one_paints(watched: Watched) -> None:
    page = watched.open("/")
    asked = _watch_drawings(page)
    page.wait_for_timeout(500)
    paint(page, *RIGHT_SHOULDER)
    page.locator(".candidate").first.wait_for()
    assert all("right" in name for name in ranked(page))
    assert asked[-1]["drawing"]["answers"] == "whole body"
    assert asked[-1]["drawing"]["marks"][0]["quality"] == "ache"


def test_ranking_is_asked_once_for_what_changed_once(watched: Watched) -> None:
    page = watched.open("/")
    asked = _watch_drawings(page)
    say(page, SENTENCE)
    page.locator(".candidate").first.wait_for()
    page.get_by_text("Places (").click()
    page.get_by_text("is free of pain").click()
    page.wait_for_timeout(2000)
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("chest pain and left arm", "Chest pain"),
        ("ache in the low back, numb in the saddle area", "saddle"),
    ],
)
def test_warning_stands_before_everything(watched: Watched, sentence: str, title: str) -> None:
    page = watched.open("/")
    say(page, sentence)
    flags = page.locator(".flags")
    expect(flags).to_contain_text(title)
    first = page.locator(".sheet__pane:not(.is-hidden) > *").first
    assert first.evaluate("e => e.classList.contains('flags')")
    page.get_by_text("Places (").click()
    alert = page.locator(".sheet__pane:not(.is-hidden) .sheet__alert")
    expect(alert).to_contain_text(title)
    alert.click()
    expect(flags).to_be_in_viewport()


@pytest.mark.parametrize("sentence", ["blargh foo", ""])
def test_refusal_stands_in_place_and_keeps_the_text(watched: Watched, sentence: str) -> None:
    page = watched.open("/")
    say(page, sentence)
    error = page.locator("form:has(textarea) [role=alert]")
    error.wait_for()
    assert page.locator("textarea").input_value() == sentence
    assert page.locator("textarea").get_attribute("aria-invalid") == "true"
    assert "text:" not in error.inner_text()
    watched.faults[:] = [fault for fault in watched.faults if "422" not in fault]


def test_broken_server_leaves_the_drawing_and_offers_to_try_again(watched: Watched) -> None:
    page = watched.open("/")
    page.route("**/api/locate", lambda route: route.abort(), times=1)
    say(page, SENTENCE)
    page.get_by_role("button", name="Try again").click()
    page.locator(".candidate").first.wait_for()
    watched.faults.clear()  # Chromium reports the failed request itself


def test_findings_change_the_ranking_and_can_be_taken_back(watched: Watched) -> None:
    page = watched.open("/")
    asked = _watch_drawings(page)
    say(page, SENTENCE)
    page.locator(".candidate").first.wait_for()
    # What to examine next is asked a moment later, and moves the list when it comes.
    page.wait_for_timeout(400)
    page.wait_for_load_state("networkidle")
    before = ranked(page)
    best = card(page, before[0].removesuffix(" right"))
    best.locator("button[aria-expanded=false]").first.click()
    sign = page.request.get(watched.address + "/api/findings").json()["signs"][0]
    row = best.get_by_role("group", name=sign)
    row.evaluate("e => e.scrollIntoView({block: 'center'})")
    top = row.bounding_box()
    with page.expect_response("**/api/locate"):
        row.get_by_text("No", exact=True).click()
    page.wait_for_timeout(500)
    assert ranked(page) != before
    assert asked[-1]["findings"][0].endswith(f"right: no {sign}")
    # The row under the finger stays there, open, though its muscle has moved down the list.
    expect(best.get_by_role("radio", name="No", exact=True).first).to_be_focused()
    now = row.bounding_box()
    assert top is not None
    assert now is not None
    assert abs(now["y"] - top["y"]) < 2
    with page.expect_response("**/api/locate"):
        page.get_by_role("button", name="Remove all").click()
    page.wait_for_timeout(500)
    assert ranked(page) == before
    assert asked[-1]["findings"] == []


def test_finding_stays_in_sight_when_its_muscle_leaves_the_ranking(watched: Watched) -> None:
    page = watched.open("/")
    say(page, SENTENCE)
    page.locator(".candidate").first.wait_for()
    best = page.locator(".candidate").first
    name = ranked(page)[0].removesuffix(" right")
    best.locator("button[aria-expanded=false]").first.click()
    best.get_by_text("Yes", exact=True).first.click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".empty")).to_be_visible()
    expect(page.locator(".found")).to_contain_text(name)


def _with_bound(bound: float) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, json={**response.json(), "bound": bound})

    return answer


@pytest.mark.parametrize(
    ("bound", "said", "rough"),
    [
        (0, "are exact", False),
        (0.0007, "right to within 0.07 percentage points", False),
        (0.12, "off by up to 20 percentage points", True),
        (1, "how far off they are is not known", True),
    ],
)
def test_page_says_how_exact_the_ranking_is(
    watched: Watched, bound: float, said: str, rough: bool
) -> None:
    page = watched.open("/")
    page.route("**/api/locate", _with_bound(bound))
    say(page, SENTENCE)
    page.locator(".candidate").first.wait_for()
    text = page.inner_text(".ranking")
    assert said in text
    assert ("about" in page.inner_text(".candidate__number >> nth=0")) is rough
    versions = page.request.get(watched.address + "/api/body").json()["version"]
    assert versions in page.inner_text(".small-print")


def test_candidate_shows_its_zones_on_the_body(watched: Watched) -> None:
    page = watched.open("/")
    say(page, SENTENCE)
    best = page.locator(".candidate").first
    best.wait_for()
    with page.expect_response("**/api/muscles/**"):
        best.hover()
    expect(page.locator(".legend")).to_contain_text("trigger point")


def test_keyboard_alone_suffices(watched: Watched) -> None:
    """Find a place by name, choose how strong, add it, read the ranking: no pointer."""
    page = watched.open("/")
    places = page.get_by_role("button", name="Places")
    places.focus()
    page.keyboard.press("Enter")
    field = page.get_by_role("combobox", name="Find a place by name")
    field.focus()
    page.keyboard.type("front of the shoulder")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # side: right
    page.keyboard.press("Tab")  # how strong
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")  # what it feels like
    page.keyboard.press("Tab")
    asked = _watch_drawings(page)
    with page.expect_request("**/api/locate"):
        page.keyboard.press("Enter")
    assert [mark["intensity"] for mark in asked[0]["drawing"]["marks"]] == [7]
    expect(page.locator(".painted__value").first).to_contain_text("7")
    expect(field).to_be_focused()


def test_theme_is_chosen_without_being_kept(watched: Watched) -> None:
    page = watched.open("/")
    choice = page.locator("#theme")
    light = page.evaluate("getComputedStyle(document.body).color")
    choice.select_option("dark")
    assert page.evaluate("getComputedStyle(document.body).color") != light
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).color") == light
