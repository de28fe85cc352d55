"""Without the acknowledgement no recipe leaves the atlas; a warning always does."""

from typing import Any

import msgspec
import pytest

from tautband.atlas.load import check_muscle, read_muscles
from tautband.atlas.targets import read_targets
from tautband.atlas.trained import redacted
from tautband.base.errors import InputError
from tautband.base.sources import bibliography
from tautband.body.regions import load_regions

MUSCLES, TARGETS = read_muscles(), read_targets()
RECIPE = ("position", "approach", "direction", "technique", "length_mm", "gauge_mm", "text")

# Texts exclude these, or leave them to expert hands; see hazards in each record.
EXCLUDED = (
    "diaphragm",
    "digastric_anterior",
    "intercostals",
    "longus_capitis",
    "longus_colli",
    "mylohyoid",
    "obliquus_capitis_superior",
    "orbicularis_oculi",
    "pelvic_sphincters",
    "platysma",
    "scalenus_minimus",
    "superior_oblique_of_eye",
)


def plain(record: Any) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.to_builtins(record)
    return data


@pytest.mark.parametrize("muscle", EXCLUDED)
def test_what_texts_exclude_has_no_recipe_but_the_reason(muscle: str) -> None:
    needling = MUSCLES[muscle].needling
    assert needling.status == "not needled"
    assert needling.text
    assert not any(getattr(needling, field) for field in RECIPE if field != "text")
    assert redacted(MUSCLES[muscle]).needling == needling


@pytest.mark.parametrize("muscle", sorted(MUSCLES))
def test_no_part_of_a_recipe_is_left(muscle: str) -> None:
    whole, bare = MUSCLES[muscle], redacted(MUSCLES[muscle])
    if whole.needling.status == "not needled":
        return
    for field in RECIPE:
        assert not getattr(bare.needling, field)
    assert bare.needling.withheld
    assert bare.depths == ()


@pytest.mark.parametrize("record", [*MUSCLES.values(), *TARGETS.values()], ids=lambda r: r.id)
def test_all_but_the_recipe_stays_and_twice_is_once(record: Any) -> None:
    bare = redacted(record)
    assert redacted(bare) == bare
    assert bare.at_risk == record.at_risk
    assert bare.needling.status == record.needling.status
    assert bare.needling.ultrasound_advised == record.needling.ultrasound_advised
    kept = plain(record).keys() - {"needling", "depths"}
    assert {k: plain(bare)[k] for k in kept} == {k: plain(record)[k] for k in kept}


def test_a_redacted_copy_is_never_taken_for_a_record() -> None:
    with pytest.raises(InputError, match="without its recipe"):
        check_muscle(redacted(MUSCLES["soleus"]), load_regions(), bibliography())
