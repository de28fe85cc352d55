"""The examination on the page: findings by tapping, what to examine next, and what was told."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.browser.drawing import card, say
from tests.browser.harness import DESK, PHONE, Watched, watched_page
from tests.browser.test_accessibility import findings

SENTENCE = "deep ache in the front of the right shoulder, running down the outside of the arm"


def asked(page: Page) -> list[dict[str, Any]]:
    """Every question to the ranking, as it is asked."""
    found: list[dict[str, Any]] = []

    def note(request: Request) -> None:
        if request.url.endswith("/api/locate"):
            found.append(dict(request.post_data_json or {}))

    page.on("request", note)
    return found


def begin(watched: Watched) -> Page:
    page = watched.open("/")
    if not page.locator("textarea").first.is_visible():
        page.get_by_text("Trigger points", exact=True).first.click()
    say(page, SENTENCE)
    page.locator(".next__open").wait_for()
    return page


def test_next_examination_tells_how_and_what_it_would_change(watched: Watched) -> None:
    page = begin(watched)
    page.locator(".next__open").click()
    step = page.locator(".next__body")
    expect(step.locator(".outcome")).to_have_count(2)
    expect(step).to_contain_text("min")
    shares = [
        int(re.sub(r"\D", "", text)) for text in step.locator(".outcome dd").all_inner_texts()
    ]
    assert shares[0] > shares[1]


def test_tapping_what_is_found_moves_ranking_and_shows_it_beside_the_drawing_alone(
    watched: Watched,
) -> None:
    page = begin(watched)
    questions = asked(page)
    page.locator(".next__open").click()
    name = page.locator(".next__name").inner_text().split("\n")[0].removesuffix(" right")
    sign = page.locator(".next").get_by_role("button", name="Familiar pain")
    with page.expect_response("**/api/locate"):
        sign.click()
    expect(card(page, name).locator(".candidate__alone")).to_contain_text("drawing alone")
    assert questions[-1]["findings"][0].endswith("right: familiar pain")
    expect(sign).to_contain_text("found")
    with page.expect_response("**/api/locate"):
        sign.click()
    assert questions[-1]["findings"][0].endswith("right: no familiar pain")
    with page.expect_response("**/api/locate"):
        sign.click()  # not examined after all
    assert questions[-1]["findings"] == []


def test_muscle_in_hand_stays_until_one_asks_for_the_next(watched: Watched) -> None:
    page = begin(watched)
    page.locator(".next__open").click()
    first = page.locator(".next__name").inner_text()
    with page.expect_response("**/api/examine"):
        page.locator(".next").get_by_role("button", name="Nothing found").click()
    page.wait_for_timeout(500)
    assert page.locator(".next__name").inner_text() == first
    page.get_by_role("button", name="Done here, what next?").click()
    expect(page.locator(".next__name")).not_to_have_text(first)


def test_candidate_is_examined_by_tapping_and_no_contradiction_can_be_entered(
    watched: Watched,
) -> None:
    page = begin(watched)
    questions = asked(page)
    first = page.locator(".candidate").first
    first.get_by_role("button", name="Examine").click()
    with page.expect_response("**/api/locate"):
        first.get_by_role("button", name="Tender spot in band").click()
    page.wait_for_timeout(300)
    said = {text.split(": ")[1] for text in questions[-1]["findings"]}
    assert said == {"tender spot in band", "taut band", "tender spot"}


def test_presentation_sex_and_past_treatment_are_told_and_the_prior_names_its_source(
    watched: Watched,
) -> None:
    page = begin(watched)
    questions = asked(page)
    page.get_by_role("button", name="About the patient").click()
    choice = page.get_by_label("What the complaint is called")
    with page.expect_response("**/api/locate"):
        choice.select_option("shoulder_impingement")
    with page.expect_response("**/api/locate"):
        page.locator(".about").get_by_text("Female").click()
    expect(page.locator(".about__told")).to_contain_text("Female")
    first = page.locator(".candidate").first
    first.get_by_role("button", name="Details").click()
    with page.expect_response("**/api/locate"):
        first.get_by_text("Better", exact=True).click()
    page.wait_for_timeout(300)
    assert questions[-1]["presentation"] == "shoulder_impingement"
    assert questions[-1]["sex"] == "female"
    assert questions[-1]["treated"][0].endswith("right: better")
    expect(page.get_by_text("Before the drawing:").first).to_be_visible()


def test_address_can_bring_a_zone_and_a_presentation(watched: Watched) -> None:
    questions = asked(watched.page)
    page = watched.open("/?zone=supinator&side=left&presentation=lateral_epicondylalgia")
    page.locator(".candidate").first.wait_for()
    assert questions[-1]["presentation"] == "lateral_epicondylalgia"
    expect(card(page, "Supinator")).to_be_visible()
    expect(page.locator(".about__told")).to_contain_text("Lateral epicondylalgia")


def test_unknown_zone_in_the_address_leaves_an_empty_body(watched: Watched) -> None:
    page = watched.open("/?zone=nothing")
    expect(page.get_by_text("Where does it hurt?")).to_be_visible()
    watched.faults[:] = [fault for fault in watched.faults if "404" not in fault]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_and_targets_are_large(
    browser: Browser, server: str, size: Any, scheme: str
) -> None:
    with watched_page(browser, server, size, scheme, touch=size is PHONE) as watched:
        page = begin(watched)
        page.locator(".next__open").click()
        page.locator(".about__open").click()
        page.locator("select.select").wait_for()
        page.locator(".candidate").first.get_by_role("button", name="Examine").click()
        page.locator(".next .quick__sign").first.click()
        page.locator(".candidate__alone").first.wait_for()
        assert findings(page) == []
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                 '.sheet__pane button, .sheet__pane select, .segment__face, .about__link')]
               .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44)
               .map(e => e.outerHTML.slice(0, 120))"""
        )
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_red_flag_stands_first_with_what_to_do_and_ask(watched: Watched) -> None:
    page = watched.open("/")
    say(page, "severe pressure in the chest and the left arm, 8/10")
    flags = page.locator(".flags")
    flags.wait_for()
    expect(flags.locator(".flags__urgency").first).to_have_text("Emergency now")
    expect(flags.locator(".flags__do").first).to_contain_text("emergency number")
    expect(flags.locator(".flags__ask li").first).to_be_visible()
    assert page.locator(".sheet__pane section").first.get_attribute("class") == "flags"
    assert findings(page) == []


def test_widespread_pain_is_said_in_place_of_a_list(watched: Watched) -> None:
    page = watched.open("/")
    said = {"regions": 5, "areas": 19, "text": "Much of the body.", "why": "Why.", "source": "S"}

    def widespread(route: Route) -> None:
        answer = route.fetch().json()
        route.fulfill(json={**answer, "candidates": [], "other_causes": [], "widespread": said})

    page.route("**/api/locate", widespread)
    say(page, SENTENCE)
    page.get_by_text("Pain over much of the body").wait_for()
    expect(page.get_by_text("Much of the body.", exact=True)).to_be_visible()
    expect(page.locator(".candidate")).to_have_count(0)
