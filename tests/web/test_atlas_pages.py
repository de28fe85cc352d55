"""The atlas as pages: what they show, what they hold back, and what they refuse."""

import re
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape
from PIL import Image

from tautband.atlas.advice import advice_for
from tautband.atlas.atlas import load_atlas
from tautband.atlas.presentations import read_presentations
from tautband.atlas.targets import read_not_now, read_targets
from tautband.clinic.atlas_pages import trained

PAGES = (
    "/atlas/",
    "/atlas/?q=elbow",
    "/atlas/?area=neck",
    "/atlas/infraspinatus/",
    "/atlas/common_extensor_origin/",
    "/atlas/scar_surgical/",
    "/atlas/not-now/",
    "/atlas/presentations/",
    "/atlas/presentations/lateral_epicondylalgia/",
    "/atlas/presentations/neck_pain/",
)
NOT_THERE = ("/atlas/infraspinatos/", "/atlas/xyzzy/", "/atlas/presentations/xyzzy/")
NEEDLED = [m for m in load_atlas().muscles.values() if m.needling.status != "not needled"]
_VOID = {"img", "input", "link", "meta", "br", "hr", "circle", "path", "use", "rect"}


class OurTexts(HTMLParser):
    """Texts of the page itself: what is marked as English or Latin is data of the atlas."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[bool] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        data = found.get("lang") in ("en", "la") or any(self._open)
        if not data:
            names = ("alt", "aria-label", "placeholder", "title")
            self.texts += [str(found[name]) for name in names if found.get(name)]
        if tag not in _VOID:
            self._open.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(self._open):
            self.texts.append(data.strip())


def _records() -> list[Any]:
    muscles, targets = load_atlas().muscles.values(), read_targets().values()
    return [*muscles, *targets, *read_presentations().values()]


def html(response: Any) -> str:
    return str(response.content.decode())


def acknowledged(web: Client, **change: str) -> Any:
    form = {"record": "infraspinatus", "side": "right", "trained": "yes", **change}
    return web.post("/atlas/trained", form)


@pytest.mark.parametrize("path", PAGES)
def test_page_stands_and_is_the_current_one(web: Client, path: str) -> None:
    response = web.get(path)
    assert response.status_code == 200
    assert '<a href="/atlas/" aria-current="page">' in html(response)
    assert html(response).count("<h1") == 1
    assert "Set-Cookie" not in response


def test_list_has_every_record_once(web: Client) -> None:
    links = re.findall(r'class="record-card"\s+href="/atlas/([a-z_]+)/"', html(web.get("/atlas/")))
    assert sorted(links) == sorted([*load_atlas().muscles, *read_targets()])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("infraspinatus", "infraspinatus"),
        ("INFRASPINATUS", "infraspinatus"),
        ("elbow", "supinator"),
        ("outer elbow", "supinator"),
        ("headache", "trapezius_upper"),
        ("tennis elbow", "common_extensor_origin"),
    ],
)
def test_search_finds_by_name_place_and_symptom(web: Client, query: str, found: str) -> None:
    assert f"/atlas/{found}/" in html(web.get("/atlas/", {"q": query}))


def test_search_says_why_and_suggests_what_is_close(web: Client) -> None:
    assert "main area of pain" in html(web.get("/atlas/", {"q": "outer elbow"}))
    assert 'href="/atlas/infraspinatus/"' in html(web.get("/atlas/", {"q": "infraspinatos"}))


def test_search_that_finds_nothing_says_so(web: Client) -> None:
    response = web.get("/atlas/", {"q": "xyzzy <b>"})
    assert response.status_code == 200
    assert "Nothing found for “xyzzy &lt;b&gt;”" in html(response)


@pytest.mark.parametrize(
    ("query", "said"), [({"area": "moon"}, "moon"), ({"q": "a" * 201}, "at most 200")]
)
def test_bad_query_is_refused_in_one_sentence(
    web: Client, query: dict[str, str], said: str
) -> None:
    response = web.get("/atlas/", query)
    assert response.status_code == 400
    assert said in html(response)
    assert 'role="alert"' in html(response)


def test_area_leaves_its_own_records_only(web: Client) -> None:
    text = html(web.get("/atlas/", {"area": "neck"}))
    assert "/atlas/scalenes/" in text
    assert "/atlas/soleus/" not in text


def test_record_tells_its_statements_with_their_marks_and_sources(web: Client) -> None:
    text = html(web.get("/atlas/infraspinatus/"))
    assert "Middle facet of the greater tubercle" in text
    assert "Pleura, through a defect of the fossa" in text
    assert text.count('class="mark mark--measured"') > 1  # one stands in the legend
    assert 'data-field="advice[0]"' in text
    cited = {int(number) for number in re.findall(r'href="#source-(\d+)"', text)}
    listed = {int(number) for number in re.findall(r'id="source-(\d+)"', text)}
    assert cited == listed == set(range(1, len(listed) + 1))
    assert "abstract read" in text or "excerpt read" in text


@pytest.mark.parametrize("muscle", NEEDLED, ids=lambda m: m.id)
def test_no_needling_parameter_before_the_acknowledgement(web: Client, muscle: Any) -> None:
    text = html(web.get(f"/atlas/{muscle.id}/"))
    for told in (muscle.needling.direction, muscle.needling.technique, muscle.needling.position):
        assert f">{escape(told)}<" not in text
    assert 'class="recipe"' not in text
    assert 'data-field="needling"' not in text
    assert 'data-field="depths' not in text
    assert "I am a trained professional" in text


def test_trained_professional_is_shown_it_until_it_is_hidden_again(web: Client) -> None:
    response = acknowledged(web)
    assert response.status_code == 303
    assert response["Location"] == "/atlas/infraspinatus/#needling"
    cookie = response.cookies["trained"]
    assert (cookie["path"], cookie["samesite"], cookie["max-age"]) == ("/", "Strict", "")
    assert cookie["httponly"]
    shown = web.get("/atlas/infraspinatus/")
    assert "At right angles to the bone of the fossa" in html(shown)
    assert "25 – 40 mm" in html(shown)
    assert "Cookie" in shown["Vary"]
    acknowledged(web, trained="no")
    assert "At right angles to the bone" not in html(web.get("/atlas/infraspinatus/"))


def test_muscle_that_is_not_needled_says_why_and_has_no_recipe(web: Client) -> None:
    text = html(web.get("/atlas/longus_colli/"))
    assert "a blind needle is unsafe" in text
    assert "<dt>Direction</dt>" not in text
    assert "/atlas/trained" not in text


@pytest.mark.parametrize("value", ["", "trained", "trained:1:forged", "x" * 4000])
def test_made_up_cookie_shows_nothing(web: Client, value: str) -> None:
    web.cookies["trained"] = value
    assert "At right angles to the bone" not in html(web.get("/atlas/infraspinatus/"))


def test_old_cookie_shows_nothing(web: Client, monkeypatch: Any) -> None:
    acknowledged(web)
    monkeypatch.setattr(trained, "LASTS_S", -1)
    assert "At right angles to the bone" not in html(web.get("/atlas/infraspinatus/"))


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_acknowledge(web: Client, site: str) -> None:
    form = {"record": "infraspinatus", "trained": "yes"}
    response = web.post("/atlas/trained", form, headers={"Sec-Fetch-Site": site})
    assert response.status_code == 403
    assert not response.cookies


@pytest.mark.parametrize("record", ["", "nowhere", "//evil.example"])
def test_acknowledgement_leads_to_records_only(web: Client, record: str) -> None:
    assert acknowledged(web, record=record).status_code == 404


def test_acknowledgement_is_no_link(web: Client) -> None:
    assert web.get("/atlas/trained").status_code == 405


@pytest.mark.parametrize("cause", ["overuse", "posture", "trauma"])
def test_advice_follows_the_cause(web: Client, cause: Any) -> None:
    text = html(web.get("/atlas/infraspinatus/"))
    part = text.split(f"advice--{cause}")[1].split("</ul>")[0]
    shown = re.findall(r'<span lang="en">([^<]+)</span>', part)
    wanted = advice_for(load_atlas().muscles["infraspinatus"], cause)
    assert shown == [escape(one.text) for one in wanted]


@pytest.mark.parametrize("target", read_targets().values(), ids=lambda t: t.id)
def test_target_that_is_no_muscle_tells_evidence_and_limits_but_no_recipe(
    web: Client, target: Any
) -> None:
    text = html(web.get(f"/atlas/{target.id}/"))
    for fact in (*target.evidence, *target.limits):
        assert not fact.stated or escape(fact.text) in text
    assert target.needling.status == "not needled" or "<dt>" not in text
    assert (f"/atlas/{target.id}/right-420.webp" in text) == bool(target.regions)


def test_rules_for_a_fresh_injury_stand_on_one_page(web: Client) -> None:
    text = html(web.get("/atlas/not-now/"))
    for rule in read_not_now().values():
        assert escape(rule.text) in text
        assert escape(rule.doctor.text) in text


def test_side_is_in_the_address(web: Client) -> None:
    text = html(web.get("/atlas/infraspinatus/", {"side": "left"}))
    assert 'data-side="left"' in text
    assert "/?zone=infraspinatus&amp;side=left" in text
    assert "/atlas/infraspinatus/left-420.webp" in text


@pytest.mark.parametrize("name", ["Infraspinatus", "upper-trapezius", "ECRB"])
def test_other_names_lead_to_the_record(web: Client, name: str) -> None:
    response = web.get(f"/atlas/{name}/")
    assert response.status_code in (302, 404)
    if response.status_code == 302:
        assert web.get(response["Location"]).status_code == 200


def test_unknown_record_is_not_found_and_suggests_what_is_close(web: Client) -> None:
    response = web.get("/atlas/infraspinatos/")
    assert response.status_code == 404
    assert 'href="/atlas/infraspinatus/"' in html(response)


def test_picture_is_webp_and_kept_when_its_version_is_named(web: Client) -> None:
    address = re.search(r'src="(/atlas/infraspinatus/right-420[^"]+)"', html(
        web.get("/atlas/infraspinatus/")))  # fmt: skip
    assert address
    response = web.get(address[1])
    assert response["Content-Type"] == "image/webp"
    assert "immutable" in response["Cache-Control"]
    assert Image.open(BytesIO(response.content)).height == 420
    unversioned = web.get("/atlas/infraspinatus/right-420.webp")
    assert "immutable" not in unversioned["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["infraspinatus/right-9999", "infraspinatus/up-88", "nothing/right-88"]
)
def test_other_pictures_are_not_drawn(web: Client, path: str) -> None:
    assert web.get(f"/atlas/{path}.webp").status_code == 404


@pytest.mark.parametrize("path", [*PAGES, *NOT_THERE, "/atlas/longus_colli/"])
def test_every_text_of_the_page_comes_from_the_catalogue(
    web: Client, settings: Any, path: str
) -> None:
    settings.TAUTBAND_LOCALE = "en-XA"
    atlas = load_atlas()
    names = [re.escape(r.name) for r in _records()]
    data = "|".join([*names, atlas.version, "elbow"])
    texts = OurTexts(html(web.get(path))).texts
    plain = [text for text in texts if re.search("[A-Za-z]{2}", re.sub(data, "", text))]
    assert [text for text in plain if not text.startswith("http")] == []
    assert len(texts) > 8


@pytest.mark.parametrize("path", [*PAGES, *NOT_THERE])
def test_no_inline_style_or_script(web: Client, path: str) -> None:
    text = html(web.get(path))
    assert not re.search(r"<script[^>]*>[^<]|<style|\sstyle=|\son\w+=", text)


def test_pages_load_next_to_nothing(web: Client) -> None:
    """The list loads no script, a record one that loads the rest when the picture is near."""
    assert "<script" not in html(web.get("/atlas/"))
    linked = re.findall(r'(?:src|href)="(/static/app/[^"]+\.js)"', html(web.get("/atlas/soleus/")))
    answers: list[Any] = [web.get(path) for path in linked]
    sizes = [len(b"".join(answer.streaming_content)) for answer in answers]
    assert 1 <= len(sizes) <= 2
    assert sum(sizes) < 5_000


@pytest.mark.parametrize("record", read_presentations().values(), ids=lambda p: p.id)
def test_presentation_tells_what_not_to_miss_first_then_muscles_and_figures(
    web: Client, record: Any
) -> None:
    text = html(web.get(f"/atlas/presentations/{record.id}/"))
    missed = [text.index(escape(one.text)) for one in record.not_to_miss if one.stated]
    assert max(missed) < text.index("Muscles to think of")
    for part in record.think_of:
        assert all(f'href="/atlas/{muscle}/"' in text for muscle in part.muscles)
    assert text.count('<th scope="row">') == len(record.prevalence)
    assert all(escape(one) in text for one in record.unknown)
    assert f"/?presentation={record.id}" in text


def test_presentations_are_listed_and_found_by_other_names(web: Client) -> None:
    text = html(web.get("/atlas/presentations/"))
    assert all(f"/atlas/presentations/{one}/" in text for one in read_presentations())
    response = web.get("/atlas/presentations/tennis-elbow/")
    assert response["Location"] == "/atlas/presentations/lateral_epicondylalgia/"


def test_unknown_presentation_is_not_found_and_suggests_what_is_close(web: Client) -> None:
    response = web.get("/atlas/presentations/neck_pian/")
    assert response.status_code == 404
    assert "/atlas/presentations/neck_pain/" in html(response)
