"""In the pseudo-locale no plain English is left on any page, whatever is opened on it.

What the API answered, and what a page marks as English, is data and not text of the page; it may
stay as it is.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, ViewportSize

from tests.browser.harness import DESK, PHONE, Watched, watched_page

SENTENCE = "burning pain in the right buttock, tingling in the calf"

# Everything that is shown or read out, but for what is marked as not to be translated.
_TEXTS = """
() => {
  const ours = e => !e.closest(
    '[translate="no"], [lang="en"], [lang="la"], script, style, noscript');
  const found = [];
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (walker.currentNode.parentElement && ours(walker.currentNode.parentElement))
      found.push(walker.currentNode.data);
  for (const e of document.querySelectorAll('*'))
    if (ours(e))
      for (const name of ['aria-label', 'aria-description', 'aria-valuetext',
                          'aria-roledescription', 'title', 'placeholder', 'alt'])
        if (e.hasAttribute(name)) found.push(e.getAttribute(name));
  return found;
}
"""

_MARKED = """
() => [...document.querySelectorAll('[translate="no"]')]
  .map(e => e.textContent.trim()).filter(text => text.length > 2)
"""


class Data:
    """What the API answered on a page, so that it can be told from the page's own texts."""

    def __init__(self, page: Page) -> None:
        self._answers: list[Response] = []
        page.on("response", self._note)

    def _note(self, response: Response) -> None:
        if "/api/" in response.url:
            self._answers.append(response)

    def plain_texts(self, page: Page) -> list[str]:
        """Texts with a letter that is neither accented nor part of an answer.

        A label may quote what the page itself marks as not to be translated.
        """
        # The texts first: an answer that comes meanwhile is then known when they are judged.
        texts: list[str] = page.evaluate(_TEXTS)
        words = {word for answer in self._answers for word in _strings(answer.json())}
        words.update(page.evaluate(_MARKED))
        known = sorted({word.lower() for word in words}, key=len, reverse=True)
        data = re.compile("|".join(map(re.escape, known)) or "$^")
        return [text for text in texts if re.search("[a-z]", data.sub("", text.lower()))]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


@pytest.mark.parametrize(
    "path",
    ["/", "/draw", "/about", "/forecast/", "/measures/", "/atlas/", "/atlas/soleus/", "/nowhere"],
)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_text_outside_the_catalogue(
    browser: Browser, pseudo_server: str, path: str, size: ViewportSize
) -> None:
    with watched_page(browser, pseudo_server, size) as watched:
        data = Data(watched.page)
        page = watched.open(path)
        assert data.plain_texts(page) == []
        for opener in page.locator(".tabs button, button[aria-expanded=false]").all():
            if opener.is_visible() and opener.is_enabled():
                opener.click()
                assert data.plain_texts(page) == [], f"after opening {opener}"
                page.keyboard.press("Escape")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        if path == "/nowhere":
            watched.faults.clear()  # Chromium reports the 404 itself


def _open_ranking(watched: Watched) -> Page:
    page = watched.open("/")
    page.locator("textarea").first.fill(SENTENCE)
    with page.expect_response("**/api/locate"):
        page.locator("form:has(textarea) button[type=submit]").first.click()
    page.locator(".candidate").first.wait_for()
    page.locator(".candidate button[aria-expanded=false]").first.click()
    page.locator(".examine .segmented").first.wait_for()
    return page


def test_no_text_outside_the_catalogue_around_a_ranking(
    browser: Browser, pseudo_server: str
) -> None:
    with watched_page(browser, pseudo_server) as watched:
        data = Data(watched.page)
        page = _open_ranking(watched)
        assert data.plain_texts(page) == []


def test_values_of_the_answers_would_be_noticed_without_them(
    browser: Browser, pseudo_server: str
) -> None:
    with watched_page(browser, pseudo_server) as watched:
        page = _open_ranking(watched)
        assert Data(page).plain_texts(page)  # this check can fail
