"""In the pseudo-locale no plain English is left on any page, whatever is opened on it."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.harness import DESK, PHONE, watched_page

# Texts with a plain letter.  Names that are data, and what the user typed, say translate="no".
_PLAIN = """
() => {
  const found = [], ours = e => !e.closest('[translate="no"], script, style, noscript');
  const note = text => { if (/[A-Za-z]/.test(text ?? '')) found.push(text.trim()); };
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (walker.currentNode.parentElement && ours(walker.currentNode.parentElement))
      note(walker.currentNode.data);
  for (const e of document.querySelectorAll('*'))
    if (ours(e))
      for (const name of ['aria-label', 'aria-description', 'aria-valuetext',
                          'aria-roledescription', 'title', 'placeholder', 'alt'])
        note(e.getAttribute(name));
  return [...new Set(found)];
}
"""


def plain_texts(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_PLAIN)
    return found


@pytest.mark.parametrize("path", ["/", "/draw", "/about", "/nowhere"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_text_outside_the_catalogue(
    browser: Browser, pseudo_server: str, path: str, size: ViewportSize
) -> None:
    with watched_page(browser, pseudo_server, size) as watched:
        page = watched.open(path)
        assert plain_texts(page) == []
        for opener in page.locator("[role=tab], button[aria-expanded=false]").all():
            if opener.is_visible() and opener.is_enabled():
                opener.click()
                assert plain_texts(page) == [], f"after opening {opener}"
                page.keyboard.press("Escape")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        if path == "/nowhere":
            watched.faults.clear()
