"""The evidence as pages: what they show, and what they refuse."""

import re
from typing import Any

import pytest
from django.test import Client

from tautband.evidence.claims import load_claims
from tautband.evidence.mechanism import load_mechanism
from tautband.evidence.sheets import load_sheets
from tests.web.test_atlas_pages import OurTexts, html

PAGES = (
    "/evidence/",
    "/evidence/claims/",
    "/evidence/mechanism/",
    "/evidence/neck_pain/",
    "/evidence/neck_pain/patient/",
)
POOLED = [
    (sheet.condition, number)
    for sheet in load_sheets().values()
    for number, one in enumerate(sheet.answered, start=1)
    if one.answer.pool
]


@pytest.mark.parametrize("path", PAGES)
def test_page_stands_and_is_the_current_one(web: Client, path: str) -> None:
    response = web.get(path)
    assert response.status_code == 200
    assert '<a href="/evidence/" aria-current="page">' in html(response)
    assert html(response).count("<h1") == 1
    assert "Set-Cookie" not in response


@pytest.mark.parametrize("condition", load_sheets())
def test_every_sheet_for_both_readers(web: Client, condition: str) -> None:
    sheet = load_sheets()[condition]
    for path in (f"/evidence/{condition}/", f"/evidence/{condition}/patient/"):
        page = html(web.get(path))
        assert sheet.version in page
    patient = html(web.get(f"/evidence/{condition}/patient/"))
    assert patient.count('class="icon icon--') == (103 if sheet.of_100 else 0)


@pytest.mark.parametrize(("condition", "number"), POOLED)
def test_every_pool_is_drawn_and_told_in_a_table(web: Client, condition: str, number: int) -> None:
    page = html(web.get(f"/evidence/{condition}/"))
    assert f"/evidence/{condition}/{number}-forest.svg" in page
    for used in load_sheets()[condition].answered[number - 1].answer.used:
        assert used.trial.name in page
    for kind in ("forest", "funnel"):
        response = web.get(f"/evidence/{condition}/{number}-{kind}.svg")
        assert response["Content-Type"] == "image/svg+xml"
        assert html(response).startswith("<svg")
        assert "<script" not in html(response)


@pytest.mark.parametrize(
    "path",
    [
        "/evidence/nowhere/",
        "/evidence/nowhere/patient/",
        "/evidence/Neck_Pain/",
        "/evidence/neck_pain/99-forest.svg",
        "/evidence/neck_pain/0-forest.svg",
        "/evidence/neck_pain/1-pie.svg",
    ],
)
def test_what_is_not_there(web: Client, path: str) -> None:
    assert web.get(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_only_reading(web: Client, path: str) -> None:
    assert web.post(path).status_code in (403, 405)


def test_all_claims_stand_with_their_verdicts(web: Client) -> None:
    page = html(web.get("/evidence/claims/"))
    assert page.count('class="claim"') == len(load_claims())
    assert len(re.findall(r'class="verdict verdict--', page)) == len(load_claims())


def test_the_mechanism_shows_how_sure_each_step_is(web: Client) -> None:
    page = html(web.get("/evidence/mechanism/"))
    for step in load_mechanism().steps:
        assert f"evidence/{step.id}.svg" in page
        assert f"sureness--{step.sureness}" in page
    assert "meridians" in page


@pytest.mark.parametrize("path", PAGES)
def test_texts_are_of_the_catalogue(web: Client, settings: Any, path: str) -> None:
    settings.TAUTBAND_LOCALE = "en-XA"
    sheet = load_sheets()["neck_pain"]
    data = re.compile(f"{sheet.title}|{sheet.version}")
    texts = OurTexts(html(web.get(path))).texts
    assert [t for t in texts if re.search("[a-z]{4}", data.sub("", t))] == []
    assert len(texts) > 8


@pytest.mark.parametrize("path", PAGES)
def test_no_inline_style_or_script(web: Client, path: str) -> None:
    assert not re.search(r"<script[^>]*>[^<]|<style|\sstyle=|\son\w+=", html(web.get(path)))
