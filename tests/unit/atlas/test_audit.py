"""The audit counts every statement once, in the right drawer."""

from tautband.atlas.audit import audit, audit_all
from tautband.atlas.load import facts, read_muscles
from tautband.base.sources import Confidence


def test_every_statement_is_in_exactly_one_drawer() -> None:
    for muscle in read_muscles().values():
        found = audit(muscle)
        drawers = [*found.measured, *found.taught, *found.unreviewed, *found.not_established]
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
