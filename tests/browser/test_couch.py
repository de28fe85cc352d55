"""A session at the couch: the network goes, the tab dies, two tablets work; the ledger is whole."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.clinic_world import World, clinic_world
from tests.browser.harness import DESK, NARROW, PHONE, Watched, watched_page
from tests.browser.test_accessibility import findings, small_targets

WHY = "Asked and answered at the couch."


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with clinic_world() as made:
        yield made


@pytest.fixture
def tablet(browser: Browser, world: World) -> Iterator[Watched]:
    with watched_page(browser, world.address, PHONE, "light", touch=True) as watched:
        world.sign_in(watched.page.context)
        yield watched


def begin(watched: Watched, world: World) -> Page:
    """Open the session from the complaint's page; it goes on where one is open."""
    page = watched.open(world.page(""))
    page.get_by_role("button", name="session").click()
    expect(page.get_by_text("All saved")).to_be_visible()
    return page


def choose(page: Page, muscle: str) -> None:
    """Choose a muscle, and give the reason where the rules ask for one."""
    there = page.locator(".choose__muscle").filter(has_text=muscle)
    if there.count():
        there.click()
    else:
        page.get_by_text("Another muscle").click()
        page.get_by_label("Name of the muscle").fill(muscle)
        page.locator(".another .segment").filter(has_text="right").click()
        page.locator(".another").get_by_role("button", name="Add").click()
    expect(page.locator(".muscle__name, #reason")).to_be_visible()
    if page.locator("#reason").count():
        page.locator("#reason").fill(WHY)
        page.locator("dialog[open] .button--primary").click()
    expect(page.locator(".muscle__name")).to_contain_text(muscle)


def record(page: Page, muscle: str, twitches: int, stay: bool = False) -> None:
    """One needle into a muscle, as it is tapped after it was treated."""
    choose(page, muscle)
    for _ in range(twitches + 1):
        page.get_by_role("button", name="More: Local twitch responses").click()
    if stay:
        page.locator(".segment").filter(has_text="Stay in").click()
    page.get_by_role("button", name="Done").click()


def stored(page: Page) -> dict[str, Any]:
    """What the server holds of the session."""
    answer: dict[str, Any] = page.request.get(page.url + "now").json()
    return answer


def counted(held: dict[str, Any]) -> Counter[str]:
    return Counter(f"{one['kind']} {one['muscle']}" for one in held["entries"])


def finish(page: Page) -> None:
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("How the patient took it is not said.")).to_be_visible()
    page.get_by_role("button", name="No reaction").click()
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url(lambda url: "/couch/" not in url)


def test_the_network_goes_and_the_tab_dies(tablet: Watched, world: World) -> None:
    page = begin(tablet, world)
    record(page, "Infraspinatus", 2)
    expect(page.get_by_text("All saved")).to_be_visible()
    choose(page, "Infraspinatus")
    page.context.set_offline(True)
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#saved")).to_contain_text("waits on this device")
    assert findings(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert small_targets(page) == []

    # The tab is gone; what it had not sent is there on the next, and goes out by itself.
    context, address = page.context, page.url
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.get_by_text("2 insertions")).to_be_visible()
    expect(again.get_by_text("All saved")).to_be_visible()
    held = stored(again)
    assert counted(held) == {"insertion infraspinatus": 2, "twitches infraspinatus": 2}
    assert len(held["needles"]) == 2
    finish(again)
    tablet.faults.clear()  # Chromium reports the lost connection itself


def test_signing_out_waits_for_what_is_not_sent(tablet: Watched, world: World) -> None:
    page = begin(tablet, world)
    record(page, "Infraspinatus", 0)
    expect(page.get_by_text("All saved")).to_be_visible()
    choose(page, "Infraspinatus")
    page.route("**/entries", lambda route: route.abort())
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#saved")).to_contain_text("waits on this device")
    with page.expect_event("dialog") as shown:
        page.get_by_role("button", name="Sign out").click(no_wait_after=True)
    assert "wait on this device" in shown.value.message
    shown.value.accept()
    expect(page.locator("#saved")).to_contain_text("waits on this device")
    # What waits cannot be read without the key of the page.
    waiting = page.evaluate(_WAITING)
    assert len(waiting) == 1
    assert "infraspinatus" not in waiting[0]
    page.unroute("**/entries")
    expect(page.get_by_text("All saved")).to_be_visible(timeout=20_000)
    assert page.evaluate(_WAITING) == []
    finish(page)
    tablet.faults.clear()


_WAITING = """
async () => {
  const open = await new Promise((done) => {
    const asked = indexedDB.open('tautband-couch');
    asked.onsuccess = () => done(asked.result);
  });
  const rows = await new Promise((done) => {
    const asked = open.transaction('waiting').objectStore('waiting').getAll();
    asked.onsuccess = () => done(asked.result);
  });
  open.close();
  return rows.map((row) => new TextDecoder().decode(row.data));
}
"""


def test_two_tablets_lose_no_needle(browser: Browser, tablet: Watched, world: World) -> None:
    one = begin(tablet, world)
    record(one, "Teres minor", 1, stay=True)
    expect(one.locator("#needles-in")).to_have_text("1 needle in")
    with watched_page(browser, world.address, DESK, "dark") as second:
        world.sign_in(second.page.context)
        other = begin(second, world)
        # What is in on one tablet stands on the other, and can be taken out there.
        expect(other.locator("#needles-in")).to_have_text("1 needle in")
        record(other, "Supraspinatus", 0)
        record(one, "Teres minor", 3)
        other.get_by_role("button", name="The needle is out").click()
        expect(other.get_by_text("All saved")).to_be_visible()
        one.get_by_role("button", name="Finish").click()
        # The first tablet did not see the removal yet: it says what is still in, or takes it in.
        one.reload()
        expect(one.locator("#needles-in")).to_have_text("No needle in")
        assert counted(stored(one)) == {
            "insertion teres_minor": 2,
            "twitches teres_minor": 2,
            "insertion supraspinatus": 1,
            "twitches supraspinatus": 1,
            "removal ": 1,
        }
        finish(one)
        second.faults.clear()
    tablet.faults.clear()
