"""What a person does on the page, for the tests to read like that."""

from typing import Any

from playwright.sync_api import Locator, Page

Json = dict[str, Any]


def say(page: Page, sentence: str) -> None:
    """Write a sentence and have it painted."""
    page.locator("textarea").first.fill(sentence)
    page.locator("form:has(textarea) button[type=submit]").first.click()


def paint(page: Page, *points: tuple[float, float]) -> None:
    """A stroke over the body; points as shares of the picture's width and height."""
    box = page.locator("canvas").bounding_box()
    assert box is not None
    way = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*way[0])
    page.mouse.down()
    for point in way[1:]:
        page.mouse.move(*point, steps=10)
    page.mouse.up()


# Across the front of the patient's right shoulder, on the left of the picture, seen from the front.
RIGHT_SHOULDER = ((0.44, 0.24), (0.43, 0.27), (0.425, 0.31))


def ranked(page: Page) -> list[str]:
    """The muscles shown, best first."""
    return page.locator(".candidate__name").all_inner_texts()


def card(page: Page, name: str) -> Locator:
    """The candidate of that name."""
    return page.locator(".candidate").filter(has=page.get_by_text(name, exact=False)).first
