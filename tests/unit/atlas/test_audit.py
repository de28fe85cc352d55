"""The audit counts every statement once, in the right drawer."""

from typing import Any

from tautband.atlas.audit import audit, audit_all
from tautband.atlas.load import facts, read_muscles
from tautband.atlas.reviews import Review, Verdict, field_hash
from tautband.atlas.targets import read_targets, target_facts
from tautband.base.sources import Confidence
from tests.unit.atlas.parts import as_muscle, record


def test_every_statement_is_in_exactly_one_drawer() -> None:
    for muscle in read_muscles().values():
        found = audit(muscle)
        unknown = [f for f in found.not_established if not f.endswith("_mm")]
        drawers = [*found.measured, *found.published_teaching, *found.unreviewed, *unknown]
        assert sorted(drawers) == sorted(field for field, _ in facts(muscle))
        assert found.statements == len(drawers)


def test_unreviewed_fields_are_those_that_the_record_marks() -> None:
    muscle = read_muscles()["infraspinatus"]
    marked = {f for f, fact in facts(muscle) if fact.confidence is Confidence.UNREVIEWED}
    assert set(audit(muscle).unreviewed) == marked
    assert marked


def test_the_least_reviewed_record_comes_first() -> None:
    found = audit_all(read_muscles().values())
    shares = [len(one.unreviewed) / one.statements for one in found]
    assert shares == sorted(shares, reverse=True)


def test_numbers_that_no_source_gives_are_told_as_unknown() -> None:
    muscles = read_muscles()
    assert "needling.gauge_mm" in audit(muscles["soleus"]).not_established
    assert "needling.gauge_mm" not in audit(muscles["supinator"]).not_established
    assert "needling.gauge_mm" not in audit(muscles["longus_colli"]).not_established


def test_what_a_record_does_not_speak_of_is_missing() -> None:
    def bare(data: dict[str, Any]) -> None:
        data.update(synonyms=[])
        data["innervation"].update(roots=[])
        data["advice"] = [a for a in data["advice"] if a["kind"] != "strengthen"]
        data["referral"] = [z for z in data["referral"] if z["zone"] == "main"]

    missing = audit(as_muscle(record(change=bare))).missing
    assert missing == ("synonyms", "innervation.roots", "referral.spill", "advice.strengthen")
    assert audit(read_muscles()["infraspinatus"]).missing == ()


def test_no_needled_muscle_lacks_advice_and_none_lacks_its_roots() -> None:
    for muscle in read_muscles().values():
        lacking = [m for m in audit(muscle).missing if not m.startswith(("synonyms", "referral"))]
        assert lacking == [], muscle.id


def test_a_review_counts_while_its_words_stand() -> None:
    muscle = read_muscles()["infraspinatus"]
    stands = Verdict(
        record=muscle.id, field="origin", verdict="agree", text_hash=field_hash(muscle.origin)
    )
    lost = Verdict(record=muscle.id, field="action", verdict="agree", text_hash="0" * 16)
    review = Review(reviewer="Ann", date="2026-05-04", verdicts=(stands, lost))
    found = audit(muscle, [review])
    assert (found.reviewed, found.stale) == (("origin",), ("action",))


def test_other_targets_are_audited_too() -> None:
    found = audit_all(read_targets().values())
    assert {one.kind for one in found} >= {"scar", "tendon", "fascia", "enthesis"}
    for one in found:
        fields = [field for field, _ in target_facts(read_targets()[one.id])]
        unknown = [f for f in one.not_established if not f.endswith("_mm")]
        told = [*one.measured, *one.published_teaching, *one.unreviewed, *unknown]
        assert sorted(told) == sorted(fields)
