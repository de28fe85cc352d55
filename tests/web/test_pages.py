"""Each page: what it shows, what it refuses, and that its texts come from the catalogue."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

PAGES = ("/", "/draw", "/about", "/forecast/")


class Markup(HTMLParser):
    """Visible texts and elements of a page."""

    SHOWN = ("alt", "aria-label", "content", "placeholder", "title")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        if tag != "meta" or found.get("name") == "description":
            self.texts += [str(found[name]) for name in self.SHOWN if found.get(name)]

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data.strip())

    def first(self, tag: str) -> dict[str, str | None]:
        return next(attributes for name, attributes in self.elements if name == tag)


def page(web: Client, path: str, **query: str) -> Markup:
    return Markup(web.get(path, query).content.decode())


@pytest.mark.parametrize("path", PAGES)
def test_page_has_the_shell(web: Client, path: str) -> None:
    response = web.get(path)
    markup = Markup(response.content.decode())
    tags = [tag for tag, _ in markup.elements]
    assert response.status_code == 200
    assert [tags.count(tag) for tag in ("header", "main", "footer", "h1", "nav")] == [1] * 5
    assert markup.first("html")["lang"] == "en"
    assert any(a.get("href") == "#main" for _, a in markup.elements)
    current = [a["href"] for _, a in markup.elements if a.get("aria-current") == "page"]
    assert current == ([] if path == "/draw" else [path])
    assert "For trained, licensed professionals." in " ".join(markup.texts)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_page_is_only_read(path: str, method: str) -> None:
    # Without the CSRF check, which would answer first.
    assert getattr(Client(SERVER_NAME="localhost"), method)(path).status_code == 405


def test_modes_differ_and_patient_page_has_no_ranking(web: Client) -> None:
    clinician, patient = page(web, "/"), page(web, "/draw")
    assert ("div", {"id": "app", "data-mode": "clinician"}) in clinician.elements
    assert ("div", {"id": "app", "data-mode": "patient"}) in patient.elements
    shown = web.get("/draw").content.decode().split("<body")[1]
    assert not re.search("rank|muscle|trigger", shown, re.IGNORECASE)


def test_drawing_pages_load_script_and_about_does_not(web: Client) -> None:
    assert any(tag == "script" for tag, _ in page(web, "/").elements)
    assert all(tag != "script" for tag, _ in page(web, "/about").elements)


@pytest.mark.parametrize("path", [*PAGES, "/nowhere"])
def test_no_inline_style_or_script(web: Client, path: str) -> None:
    content = web.get(path).content.decode()
    for tag, attributes in Markup(content).elements:
        assert tag != "style"
        assert tag != "script" or attributes.get("src")
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
    assert not re.search(r"<script[^>]*>[^<]", content)


@pytest.mark.parametrize("path", [*PAGES, "/nowhere"])
def test_every_text_comes_from_the_catalogue(web: Client, settings: Any, path: str) -> None:
    settings.TAUTBAND_LOCALE = "en-XA"
    markup = page(web, path)
    plain = [text for text in markup.texts if re.search("[A-Za-z]", text)]
    assert plain == []
    assert len(markup.texts) > 8
    assert markup.first("html")["data-locale"] == "en-XA"


def test_locale_in_the_address_counts_while_debugging_only(web: Client, settings: Any) -> None:
    settings.DEBUG = True
    assert page(web, "/about", locale="en-XA").first("html")["lang"] == "en-XA"
    assert page(web, "/about", locale="xx").first("html")["lang"] == "en"
    settings.DEBUG = False
    assert page(web, "/about", locale="en-XA").first("html")["lang"] == "en"


def test_unknown_page_is_a_plain_404(web: Client) -> None:
    response = web.get("/patients/42?name=Ann")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()
    assert "Ann" not in response.content.decode()


def test_wrong_host_is_refused() -> None:
    response = Client(SERVER_NAME="evil.example").get("/")
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_health_says_ok(web: Client) -> None:
    assert web.get("/health").content == b"ok\n"
