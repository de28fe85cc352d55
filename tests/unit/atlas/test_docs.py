"""docs/atlas.md is what the records say, has a picture of each, and tells nobody how to needle."""

from pathlib import Path

from tools.draw_atlas import page

from tautband.atlas.load import read_muscles
from tautband.atlas.targets import read_targets

DOCS = Path(__file__).parents[3] / "docs"
MUSCLES, TARGETS = list(read_muscles().values()), list(read_targets().values())
WRITTEN = (DOCS / "atlas.md").read_text("utf-8")


def test_the_page_is_current() -> None:
    assert page(MUSCLES, TARGETS) == WRITTEN, "run: python -m tools.draw_atlas --docs"


def test_each_muscle_has_a_picture_and_no_other_is_there() -> None:
    pictures = {path.stem for path in (DOCS / "pictures" / "atlas").glob("*.png")}
    assert pictures == {muscle.id for muscle in MUSCLES}


def test_no_recipe_is_on_the_page() -> None:
    recipes = {m.id: m.needling for m in MUSCLES} | {t.id: t.needling for t in TARGETS}
    for record, needling in recipes.items():
        assert needling.direction == "" or needling.direction not in WRITTEN, record
        if needling.status != "not needled" and needling.stated:
            assert needling.text == "" or needling.text not in WRITTEN, record
