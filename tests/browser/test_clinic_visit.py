"""A visit in a real browser: each tap is kept, the rules answer, a signature is drawn."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.clinic_world import World, clinic_world
from tests.browser.drawing import say
from tests.browser.harness import DESK, NARROW, PHONE, Watched, watched_page
from tests.browser.test_accessibility import findings, small_targets
from tests.browser.test_texts import _TEXTS

CLINIC = "Harbour Street"
SENTENCE = "deep ache in the front of the right shoulder"
PAGES = (
    "assessment/", "screening/", "plan/", "consent/", "consent/?kind=research", "letter/",
)  # fmt: skip


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """One clinic for all tests of this file."""
    with clinic_world() as found:
        yield found


@contextmanager
def at_the_couch(
    browser: Browser, world: World, size: ViewportSize = DESK, scheme: str = "light"
) -> Iterator[Watched]:
    """A page in which the clinician is signed in."""
    with watched_page(browser, world.address, size, scheme, touch=size is not DESK) as watched:
        world.sign_in(watched.page.context)
        yield watched


def begin(watched: Watched, world: World) -> Page:
    page = watched.open(world.page("assessment/"))
    page.get_by_role("button", name="Begin an assessment").click()
    page.locator(".studio").wait_for()
    return page


def fits(page: Page) -> None:
    """Axe finds nothing, and on a small phone all can be seen and tapped."""
    assert findings(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert small_targets(page) == []


def test_what_is_tapped_is_there_after_a_reload(browser: Browser, world: World) -> None:
    with at_the_couch(browser, world) as watched:
        page = begin(watched, world)
        say(page, SENTENCE)
        page.locator(".candidate").first.wait_for()
        page.locator(".candidate__doors button").nth(1).click()
        page.locator(".quick__sign").filter(has_text="familiar pain").first.click()
        page.get_by_role("button", name="Measure").click()
        page.get_by_label("Movement or task").fill("Reaching behind the back")
        expect(page.locator("#saved")).to_have_text("Saved")
        page.wait_for_timeout(1500)
        expect(page.locator("#saved")).to_have_text("Saved")
        page.reload()
        page.locator(".candidate").first.wait_for()
        expect(page.locator(".found__row")).to_contain_text("familiar pain")
        page.get_by_role("button", name="Measure").click()
        expect(page.get_by_label("Movement or task")).to_have_value("Reaching behind the back")
        assert findings(page) == []
        page.get_by_role("button", name="Finish").click()
        expect(page.get_by_role("heading", name="What was found")).to_be_visible()
        expect(page.get_by_text("familiar pain")).to_be_visible()
        fits(page)


def test_the_body_has_its_room_on_a_phone(browser: Browser, world: World) -> None:
    with at_the_couch(browser, world, PHONE) as watched:
        page = begin(watched, world)
        stage = page.locator(".stage").bounding_box()
        assert stage is not None
        assert stage["height"] > 200
        assert findings(page) == []


def test_without_a_connection_nothing_is_lost(browser: Browser, world: World) -> None:
    with at_the_couch(browser, world) as watched:
        page = begin(watched, world)
        page.get_by_role("button", name="Measure").click()
        page.context.set_offline(True)
        page.get_by_label("In the patient’s words").fill("worse at night")
        expect(page.locator("#saved")).to_contain_text("No connection")
        page.context.set_offline(False)
        expect(page.locator("#saved")).to_have_text("Saved")
        watched.faults.clear()  # Chromium reports the lost connection itself
        page.reload()
        page.locator(".studio").wait_for()
        page.get_by_role("button", name="Measure").click()
        expect(page.get_by_label("In the patient’s words")).to_have_value("worse at night")


def test_follow_ups_come_and_the_decision_has_its_rules(browser: Browser, world: World) -> None:
    with at_the_couch(browser, world) as watched:
        page = watched.open(world.page("screening/?form=first"))
        follow_up = page.locator("[data-question=weeks_pregnant]")
        expect(follow_up).to_be_hidden()
        page.locator("#q-pregnant .segment").filter(has_text="Yes").click()
        expect(follow_up).to_be_visible()
        page.get_by_role("button", name="No to the rest").first.click()
        page.get_by_role("button", name="Decide").click()
        expect(page.locator(".decision__word")).to_be_visible()
        assert page.locator(".rule").count() > 3
        fits(page)


def test_a_plan_is_worked_out_and_kept(browser: Browser, world: World) -> None:
    with at_the_couch(browser, world) as watched:
        page = watched.open(world.page("plan/"))
        page.get_by_label("Muscles with their side").fill("infraspinatus right")
        page.get_by_role("button", name="Work it out").click()
        expect(page.get_by_role("heading", name="Infraspinatus")).to_be_visible()
        fits(page)
        page.get_by_label("Your reasons").fill("Asked and answered at the couch.")
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_text("Asked and answered at the couch.")).to_be_visible()
        fits(page)


def test_a_signature_is_drawn(browser: Browser, world: World) -> None:
    with at_the_couch(browser, world) as watched:
        page = watched.open(world.page("consent/"))
        for point in page.locator("[name=explained]").all():
            point.check()
        pad = page.locator(".sign__pad")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 40, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + 160, box["y"] + 70, steps=8)
        page.mouse.up()
        page.locator(".segment").filter(has_text="On paper").click()
        page.get_by_role("button", name="Sign", exact=True).click()
        expect(page.locator(".sign__shown path")).to_have_count(1)
        fits(page)


@pytest.mark.parametrize(
    ("size", "scheme"),
    [(DESK, "light"), (PHONE, "dark"), (NARROW, "light")],
    ids=["desk", "phone", "narrow"],
)
def test_every_page_for_everybody(
    browser: Browser, world: World, size: ViewportSize, scheme: str
) -> None:
    with at_the_couch(browser, world, size, scheme) as watched:
        for name in PAGES:
            page = watched.open(world.page(name))
            assert findings(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
            assert small_targets(page) == [], name


def test_no_text_outside_the_catalogue(browser: Browser) -> None:
    with (
        clinic_world(TAUTBAND_LOCALE="en-XA") as strange,
        at_the_couch(browser, strange, PHONE) as watched,
    ):
        for name in PAGES:
            page = watched.open(strange.page(name))
            # The clinic's own name may stand within a sentence of ours.
            texts = [text.replace(CLINIC, "") for text in page.evaluate(_TEXTS)]
            assert [text for text in texts if any(c in "abcdefghij" for c in text.lower())] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name


def test_a_note_is_read_copied_and_signed(browser: Browser, world: World) -> None:
    with at_the_couch(browser, world) as watched:
        page = watched.open(world.note)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        sentence = page.locator(".said").filter(has_text="Local twitch responses")
        sentence.locator("summary").click()
        expect(sentence.get_by_role("link", name="Needle ledger")).to_be_visible()
        page.get_by_label("Own words: Procedure").fill("Side lying, flat palpation.")
        expect(page.locator("#note-saved")).to_have_text("Kept")
        page.reload()
        expect(page.get_by_label("Own words: Procedure")).to_have_value(
            "Side lying, flat palpation."
        )
        page.get_by_label("Own words: Plan").fill("Again in a week.")
        fits(page)
        page.get_by_role("button", name="Copy as text").click()
        expect(page.get_by_text("Copied", exact=True)).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "Right infraspinatus: 1 insertion with 1 needle" in copied
        page.get_by_role("button", name="Sign", exact=True).click()
        expect(page.get_by_text("unchanged since")).to_be_visible()
        expect(page.locator(".note__own").first).to_contain_text("Side lying, flat palpation.")
        fits(page)
