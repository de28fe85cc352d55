"""``tautband atlas``: what is shown to whom, what is found, drawn, audited and reviewed."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tautband.atlas.load import read_muscles
from tautband.atlas.review_files import read_reviews
from tautband.atlas.targets import read_targets
from tautband.cli import main
from tautband.commands import atlas_review

Captured = pytest.CaptureFixture[str]


def told(capsys: Captured, *arguments: str) -> str:
    assert main(["atlas", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys: Captured, *arguments: str) -> str:
    assert main(["atlas", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


RECIPE = ("needle length", "approach", "direction", "technique", "Measured depth")


def test_the_recipe_is_hidden_until_the_reader_says_to_be_trained(capsys: Captured) -> None:
    out = told(capsys, "show", "soleus")
    assert "--i-am-trained" in out
    assert "At risk" in out
    for word in RECIPE:
        assert word not in out
    whole = told(capsys, "show", "soleus", "--i-am-trained")
    for word in RECIPE:
        assert word in whole


def test_the_recipe_is_hidden_from_json_too(capsys: Captured) -> None:
    needling = json.loads(told(capsys, "show", "soleus", "--json"))["needling"]
    assert needling["withheld"]
    assert needling["length_mm"] is None
    assert not any(needling[k] for k in ("position", "approach", "direction", "technique"))
    trained = json.loads(told(capsys, "show", "soleus", "--json", "--i-am-trained"))
    assert trained["needling"]["length_mm"] == [30, 50]
    assert not trained["needling"]["withheld"]


def test_why_a_muscle_is_not_needled_is_for_everybody(capsys: Captured) -> None:
    out = told(capsys, "show", "diaphragm")
    assert "not needled" in out
    assert "--i-am-trained" not in out


def test_a_target_is_shown_with_evidence_and_limits(capsys: Captured) -> None:
    out = told(capsys, "show", "tennis elbow")
    for word in (
        "Evidence",
        "Limits",
        "At risk",
        "Advice: strengthen (overuse)",
        "Muscles with it",
    ):
        assert word in out
    assert "needle length" not in out
    assert "needle length" in told(capsys, "show", "tennis elbow", "--i-am-trained")


def test_everything_is_listed(capsys: Captured) -> None:
    out = told(capsys, "list")
    for record in (*read_muscles(), *read_targets()):
        assert f"\n  {record} " in out


def test_a_search_tells_the_place_and_the_reason(capsys: Captured) -> None:
    out = told(capsys, "search", "outer", "elbow")
    assert "Place: outer side of the elbow" in out
    assert "supinator" in out
    data = json.loads(told(capsys, "search", "outer elbow", "--json"))
    assert data["version"].startswith("atlas-")
    assert {"id", "name", "kind", "by", "why", "score"} == data["hits"][0].keys()


def test_a_search_for_nothing_known_suggests(capsys: Captured) -> None:
    assert "infraspinatus" in refused(capsys, "search", "infraspinatis")


def test_the_audit_has_a_record_for_each_muscle_and_target(capsys: Captured) -> None:
    data = json.loads(told(capsys, "audit", "--json"))
    assert {one["id"] for one in data["records"]} == set(read_muscles())
    assert {one["id"] for one in data["targets"]} == set(read_targets())
    fields = {"missing", "measured", "published_teaching", "unreviewed", "not_established"}
    assert fields <= data["records"][0].keys()
    table = told(capsys, "audit")
    assert "infraspinatus" in table
    assert "scar_keloid" in table


def test_a_picture_is_rendered(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "one.png"
    assert str(file) in told(capsys, "render", "infraspinatus", str(file))
    with Image.open(file) as picture:
        assert picture.width > picture.height


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["render"], "a muscle and a file"),
        (["render", "infraspinatus", "x.gif"], "no PNG"),
        (["render", "infraspinatis", "x.png"], "infraspinatus"),
        (["render", "infraspinatus", "--all", "x"], "a muscle and a file"),
        (["show", "tennis elbow", "--picture", "x.png"], "is no muscle"),
        (["review", "template", "infraspinatis", "x.json"], "infraspinatus"),
        (["review", "add", "nowhere.json"], "cannot be read"),
    ],
)
def test_wrong_input_is_one_clear_sentence(
    capsys: Captured,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in refused(capsys, *arguments)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def filled(capsys: Captured, tmp_path: Path) -> Path:
    """A template for infraspinatus with one verdict in it."""
    file = tmp_path / "review.json"
    told(capsys, "review", "template", "infraspinatus", str(file))
    review: Any = json.loads(file.read_text("utf-8"))
    review |= {"reviewer": "Ann Example", "date": "2026-05-04"}
    review["verdicts"][0] |= {"verdict": "change", "note": "Say more."}
    file.write_text(json.dumps(review), "utf-8")
    return file


def test_a_review_is_checked_and_kept_whole(
    capsys: Captured, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "reviews"
    monkeypatch.setattr(atlas_review, "checkout_folder", lambda: folder)
    assert "Nothing was kept" in told(capsys, "review", "add", str(filled), "--check")
    assert not folder.exists()
    out = told(capsys, "review", "add", str(filled))
    assert [path.name for path in folder.iterdir()] == ["ann-example-2026-05-04.toml"]
    assert "1 verdict(s) of Ann Example, 2026-05-04" in out
    read_reviews.cache_clear()


def test_a_template_never_writes_over_a_file(capsys: Captured, filled: Path) -> None:
    before = filled.read_bytes()
    assert "exists already" in refused(capsys, "review", "template", "soleus", str(filled))
    assert filled.read_bytes() == before


def test_an_installed_package_keeps_nothing_and_says_so(
    capsys: Captured, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "tautband" / "atlas"
    package.mkdir(parents=True)
    monkeypatch.setattr("tautband.commands.atlas_review.resources.files", lambda name: package)
    with pytest.raises(Exception, match="installed package"):
        atlas_review.checkout_folder()
    assert list(package.iterdir()) == []


def test_a_source_checkout_is_recognised() -> None:
    assert atlas_review.checkout_folder().parts[-4:] == ("tautband", "atlas", "data", "reviews")


def test_kept_reviews_are_listed(capsys: Captured) -> None:
    assert "review" in told(capsys, "review", "list", "--record", "soleus").lower()
    assert isinstance(json.loads(told(capsys, "review", "list", "--json")), list)
