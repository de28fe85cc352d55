"""The atlas in a real browser: look something up, see it, print it, judge it."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tautband.atlas.atlas import load_atlas
from tautband.atlas.reviews import parse_review
from tests.browser.harness import DESK, PHONE, Watched, watched_page
from tests.browser.test_accessibility import findings

LIVE = "#figure.is-live"


def test_from_a_complaint_to_a_record(watched: Watched) -> None:
    page = watched.open("/atlas/")
    page.get_by_role("searchbox").fill("outer elbow")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Supinator").click()
    expect(page).to_have_url(re.compile("/atlas/supinator/$"))
    expect(page.get_by_role("heading", name="Supinator", level=1)).to_be_visible()


def test_needling_is_shown_to_who_says_to_be_trained_and_kept_for_the_next_record(
    watched: Watched,
) -> None:
    page = watched.open("/atlas/infraspinatus/")
    expect(page.locator(".recipe")).to_have_count(0)
    page.get_by_role("button", name="I am a trained professional").click()
    expect(page.locator(".recipe")).to_be_visible()
    expect(watched.open("/atlas/soleus/").locator(".recipe")).to_be_visible()
    page.get_by_role("button", name="Hide needling").click()
    expect(page.locator(".recipe")).to_have_count(0)


def test_body_comes_when_its_picture_is_near_and_switches_sides_in_place(watched: Watched) -> None:
    page = watched.open("/atlas/infraspinatus/")
    page.locator(LIVE).wait_for()
    with page.expect_response("**/api/muscles/infraspinatus?side=left"):
        page.get_by_role("link", name="Patient’s left").click()
    expect(page).to_have_url(re.compile(r"\?side=left$"))
    expect(page.locator("#locate")).to_have_attribute("href", re.compile("side=left"))
    expect(page.locator("#figure img")).to_have_attribute("src", re.compile("/left-"))


def test_body_is_not_loaded_while_its_picture_is_far(browser: Browser, server: str) -> None:
    """On a screen so low that the picture lies well below it, three.js stays away."""
    with watched_page(browser, server, {"width": 390, "height": 120}) as watched:
        asked: list[str] = []
        watched.page.on("request", lambda request: asked.append(request.url))
        page = watched.open("/atlas/infraspinatus/")
        page.wait_for_timeout(500)
        assert not [url for url in asked if re.search(r"view-|\.glb|/api/", url)]
        page.locator("#figure").scroll_into_view_if_needed()
        page.locator(LIVE).wait_for()


def test_record_is_whole_without_script(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=DESK)
    page = context.new_page()
    page.goto(server + "/atlas/infraspinatus/")
    picture = page.locator("#figure img")
    expect(picture).to_be_visible()
    assert picture.evaluate("e => e.naturalHeight") == 420
    expect(page.get_by_text("Pleura, through a defect of the fossa")).to_be_visible()
    for button in ("Print", "Review this record"):
        expect(page.get_by_role("button", name=button)).to_have_count(0)
    page.get_by_role("button", name="I am a trained professional").click()
    expect(page.locator(".recipe")).to_be_visible()
    context.close()


def test_printed_page_has_picture_and_text_and_no_controls(watched: Watched) -> None:
    page = watched.open("/atlas/infraspinatus/")
    page.locator(LIVE).wait_for()
    page.emulate_media(media="print")
    expect(page.locator("#figure img")).to_be_visible()
    for gone in (".site-nav", "#stage", ".record__actions", ".switch", ".theme"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.get_by_text("Middle facet of the greater tubercle")).to_be_visible()


def judge(page: Page, field: str, word: str) -> None:
    page.locator(f'[data-field="{field}"]').get_by_text(word, exact=True).click()


def test_review_is_judged_field_by_field_and_downloaded_as_what_the_atlas_merges(
    watched: Watched, tmp_path: Path
) -> None:
    page = watched.open("/atlas/soleus/")
    page.get_by_role("button", name="Review this record").click()
    judge(page, "origin", "Agree")
    judge(page, "action", "Change")
    page.get_by_role("button", name="Download the review").click()
    expect(page.locator(".review__lacks li")).to_have_count(2)  # no name, no note
    page.get_by_label("Your name").fill("Ann Example")
    page.locator('[data-field="action"] textarea').fill("Say that it works with the knee bent.")
    assert findings(page) == []
    # It goes on where it was after another page.
    watched.open("/atlas/infraspinatus/")
    expect(page.get_by_text("2 statements judged, on one record")).to_be_visible()
    judge(page, "weak", "Reject")
    page.locator('[data-field="weak"] textarea').fill("No source.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the review").click()
    text = Path(download.value.path()).read_text("utf-8")
    review = parse_review(text)
    assert json.loads(text)["atlas_version"] == load_atlas().version
    assert review.reviewer == "Ann Example"
    assert [(v.record, v.field, v.verdict) for v in review.verdicts] == [
        ("soleus", "origin", "agree"),
        ("soleus", "action", "change"),
        ("infraspinatus", "weak", "reject"),
    ]
    expect(page.get_by_text("Nothing judged yet.")).to_be_visible()
    assert page.evaluate("sessionStorage.length") <= 1


@pytest.mark.parametrize("path", ["/atlas/", "/atlas/infraspinatus/"])
def test_what_one_taps_is_large_enough(browser: Browser, server: str, path: str) -> None:
    with watched_page(browser, server, PHONE, touch=True) as watched:
        page = watched.open(path)
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                 'main button, input[type=search], .filter, .switch a, .alike a, .record-card')]
               .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44)
               .map(e => e.outerHTML.slice(0, 100))"""
        )
        assert small == []
