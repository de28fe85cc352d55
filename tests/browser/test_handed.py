"""The tablet in the patient's hands: painting, no way out; then one's own findings first."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.clinic_world import World, clinic_world
from tests.browser.drawing import paint
from tests.browser.harness import DESK, PHONE, watched_page
from tests.browser.test_accessibility import findings, small_targets
from tests.clinic.cast import PASSWORD


def page_of_another_window(context: BrowserContext, world: World) -> Page:
    """A window of the same session, with the patient's record in it."""
    other = context.new_page()
    other.goto(world.address + world.page("assessment/"))
    return other


def test_the_patient_paints_and_hands_it_back(browser: Browser) -> None:
    with (
        clinic_world() as world,
        watched_page(browser, world.address, PHONE, "light", touch=True) as watched,
    ):
        world.sign_in(watched.page.context)
        other = page_of_another_window(watched.page.context, world)
        page = watched.open(world.page("assessment/"))
        page.get_by_role("button", name="Begin an assessment").click()
        page.locator(".studio").wait_for()
        page.get_by_role("button", name="Hand over to the patient").click()
        page.wait_for_url(re.compile("/handed/"))
        page.locator(".studio--patient").wait_for()
        assert findings(page) == []
        assert small_targets(page) == []
        assert page.locator(".candidate").count() == 0
        # What another window shows is covered, and asks who is there.
        expect(other.get_by_role("dialog", name="Locked")).to_be_visible()
        # Back leads here, and so does whatever is typed.
        page.go_back()
        page.wait_for_url(re.compile("/handed/"))
        page.goto(world.address + "/account/logout/")
        page.wait_for_url(re.compile("/handed/"))
        page.locator(".studio--patient").wait_for()
        with page.expect_response(re.compile("/handed/save/")) as saved:
            paint(page, (0.44, 0.3), (0.48, 0.33), (0.44, 0.36))
        assert saved.value.ok
        page.get_by_role("button", name="I am done").click()
        page.get_by_role("button", name="Hand it back").click()
        lock = page.get_by_role("dialog", name="Locked")
        expect(lock).to_be_visible()
        lock.get_by_label("Password").fill(PASSWORD)
        lock.get_by_role("button", name="Unlock").click()
        page.wait_for_url(re.compile(r"/assessment/[0-9a-f-]+/$"))
        expect(other.get_by_role("dialog", name="Locked")).to_be_hidden()
        page.set_viewport_size(DESK)
        page.locator(".candidate").first.wait_for()

        # One's own findings come first where one wants them to.
        with page.expect_response(re.compile("/rank/")) as withheld:
            page.get_by_role("button", name="Hide the ranking").click()
        # What would explain the pain is not even sent; what warns is asked for all the same.
        assert withheld.value.json()["candidates"] == []
        expect(page.locator(".candidate")).to_have_count(0)
        page.get_by_label("Muscle", exact=True).fill("Infraspinatus")
        page.locator(".quick__sign").filter(has_text="familiar pain").click()
        expect(page.locator(".found__row")).to_contain_text("familiar pain")
        assert findings(page) == []
        page.get_by_role("button", name="Show the ranking").click()
        page.locator(".candidate").first.wait_for()
        watched.faults.clear()
