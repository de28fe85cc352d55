"""Typing a course and seeing whether it is working, at a desk and on a phone."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.harness import PHONE, Watched, watched_page
from tests.browser.test_accessibility import findings

TITLE = ".outcome h2"


def enter(page: Page, values: list[int], start: int = 0) -> None:
    """Press one score a day; the day moves on by itself."""
    day = page.get_by_role("group").filter(has=page.get_by_role("button", name="10"))
    page.locator(".stepper input").fill(str(start))
    for value in values:
        day.get_by_role("button", name=str(value), exact=True).click()


def example(page: Page) -> None:
    page.get_by_role("button", name="Load a made-up example").click()
    page.locator(TITLE).wait_for()


def test_typed_course_is_judged(watched: Watched) -> None:
    asked: list[Request] = []
    watched.page.on("request", lambda r: asked.append(r) if "/api/forecast" in r.url else None)
    page = watched.open("/forecast/")
    enter(page, [7, 6, 7], start=-3)
    expect(page.locator(TITLE)).to_have_text("Too early to tell")
    page.get_by_role("button", name="Add a session").click()
    enter(page, [6, 5], start=1)
    expect(page.locator(".course__result")).to_have_attribute("aria-busy", "false")
    sent: Any = asked[-1].post_data_json
    assert [score["day"] for score in sent["scores"]] == [-3, -2, -1, 1, 2]
    # What was not assessed goes out as such, never as 0.
    assert sent["sessions"] == [{"day": 0, "needles": None, "insertions": None, "ltr": None}]
    assert page.locator(".chart__session").count() == 2  # one in the key
    assert len(asked) < 8  # several presses, one question


def test_example_is_marked_and_answered_in_words_chart_and_table(watched: Watched) -> None:
    page = watched.open("/forecast/")
    example(page)
    assert page.get_by_text("Made up: not a person").is_visible()
    assert "in 10" in page.locator(".chances").inner_text()
    page.get_by_text("As a table").click()
    assert page.locator(".chart tbody tr").count() > 8
    page.get_by_text("For the patient").click()
    assert page.locator(".sentences li").count() >= 2


def test_bad_input_is_told_beside_its_field_and_nothing_is_lost(watched: Watched) -> None:
    page = watched.open("/forecast/")
    example(page)
    page.get_by_text("All 24 scores").click()
    field = page.locator(".score-row .input").nth(1)
    field.fill("six")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".answer--stale")).to_be_visible()
    field.fill("11")
    expect(page.locator(".score-row .fault")).to_contain_text("0 to 10")
    assert field.input_value() == "11"
    watched.faults[:] = [f for f in watched.faults if "422" not in f]  # Chromium reports it
    field.fill("5")
    expect(page.locator(".answer--stale")).to_have_count(0)
    expect(field).to_be_visible()
    page.get_by_text("The course as a file").click()
    paste = page.get_by_label("Paste a course file")
    paste.fill("{no json")
    page.get_by_role("button", name="Use it").click()
    expect(page.get_by_text("This is not a course file")).to_be_visible()
    assert paste.input_value() == "{no json"
    assert field.input_value() == "5"


def test_course_stays_in_this_tab_alone_until_cleared(watched: Watched) -> None:
    page = watched.open("/forecast/")
    kept = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert page.evaluate(kept) == [0, 0, ""]
    enter(page, [6])
    assert page.evaluate(kept) == [0, 1, ""]
    page.reload()
    expect(page.locator(TITLE)).to_have_text("Too early to tell")
    page.get_by_role("button", name="Clear").click()
    assert page.evaluate(kept) == [0, 0, ""]
    expect(page.locator(TITLE)).to_have_count(0)


def test_pasted_file_is_taken_with_what_the_form_has_no_place_for(watched: Watched) -> None:
    told = {"outcome": "steps", "range": [0, 9000], "better": "higher", "important": 900}
    told["scores"] = [{"day": day, "value": 3000 + 100 * day} for day in range(5)]
    page = watched.open("/forecast/")
    page.get_by_text("The course as a file").click()
    page.get_by_label("Paste a course file").fill(json.dumps(told))
    page.get_by_role("button", name="Use it").click()
    expect(page.locator(TITLE)).to_have_text("Too early to tell")
    assert "range, better, important" in page.locator("form").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone(browser: Browser, server: str, scheme: str) -> None:
    with watched_page(browser, server, PHONE, scheme, touch=True) as watched:
        page = watched.open("/forecast/")
        example(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        expect(page.locator(".course__peek")).to_be_in_viewport()
        small = page.evaluate(
            "[...document.querySelectorAll('main button, main input:not(.visually-hidden),"
            " main select, main summary, .course__peek')]"
            ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)"
            ".map(e => e.outerHTML)"
        )
        assert small == []
        page.locator(".course__peek").click()
        expect(page.locator(TITLE)).to_be_in_viewport()
        assert findings(page) == []


def test_axe_finds_nothing_around_a_forecast_and_a_fault(watched: Watched) -> None:
    page = watched.open("/forecast/")
    example(page)
    page.get_by_text("As a table").click()
    page.get_by_text("The course as a file").click()
    page.get_by_text("All 24 scores").click()
    page.locator(".score-row .input").nth(1).fill("six")
    page.locator(".score-row .fault").wait_for()
    assert findings(page) == []


def test_score_of_a_measure(watched: Watched) -> None:
    page = watched.open("/measures/")
    for number, answer in enumerate("456", start=1):
        page.get_by_label(f"Item {number}").fill(answer)
    page.get_by_role("textbox", name="Earlier score").fill("7.5")
    expect(page.locator(TITLE)).to_have_text("5.0 points")
    expect(page.get_by_text("Is it important?")).to_be_visible()
    expect(page.get_by_text("Is it real?")).to_be_visible()
    page.get_by_label("Item 3").fill("11")
    expect(page.locator(".items .fault")).to_contain_text("0 to 10")
    watched.faults[:] = [f for f in watched.faults if "422" not in f]  # Chromium reports it
    assert findings(page) == []
