"""How reasons become decisions by scope, also reasons that come from elsewhere in safety."""

from tautband.care.screen import screen_plan
from tautband.safety.decision import Decision
from tautband.safety.screening.screening import Reason, assemble
from tautband.safety.screening.truth import Truth
from tests.unit.safety.screening.cast import healthy, screened

PLAN = "extensor carpi radialis brevis right, gastrocnemius_medial left"
WRIST, CALF = "extensor_carpi_radialis_brevis:right", "gastrocnemius_medial:left"


def with_extra(*extra: Reason, techniques: tuple[str, ...] = ()) -> dict[str, Decision]:
    judged = screen_plan(healthy(), PLAN, extra=extra, techniques=techniques).screening
    found = {"all": judged.decision, "patient": judged.patient.decision}
    return found | {m.key: m.decision for m in judged.muscles}


def reason(scope: str, decision: Decision, where: str = "", technique: str = "") -> Reason:
    return Reason("elsewhere", scope, decision, "because", where=where, technique=technique)


def test_a_reason_from_elsewhere_is_taken_to_hold_and_to_be_plain() -> None:
    plain = reason("patient", Decision.ASK)
    assert plain.truth is Truth.YES
    assert not plain.can_kill
    assert not plain.softened


def test_a_reason_on_the_patient_holds_everywhere() -> None:
    found = with_extra(reason("patient", Decision.NOT_TODAY))
    assert set(found.values()) == {Decision.NOT_TODAY}


def test_a_reason_on_a_muscle_holds_there_only() -> None:
    found = with_extra(reason("muscle", Decision.DO_NOT_NEEDLE, WRIST))
    assert found[WRIST] is Decision.DO_NOT_NEEDLE
    assert found[CALF] is Decision.PROCEED
    assert found["patient"] is Decision.PROCEED
    assert found["all"] is Decision.DO_NOT_NEEDLE


def test_a_reason_on_a_region_holds_for_its_muscles() -> None:
    found = with_extra(reason("place", Decision.NOT_HERE, "forearm:right"))
    assert found[WRIST] is Decision.NOT_HERE
    assert found[CALF] is Decision.PROCEED


def test_a_technique_counts_only_when_it_is_planned() -> None:
    stop = reason("technique", Decision.DO_NOT_NEEDLE, technique="electrical stimulation")
    assert with_extra(stop)["all"] is Decision.PROCEED
    planned = with_extra(stop, techniques=("electrical stimulation",))
    assert planned["all"] is Decision.DO_NOT_NEEDLE
    assert planned[WRIST] is Decision.PROCEED


def test_a_technique_at_one_muscle() -> None:
    stop = reason("technique", Decision.NOT_HERE, WRIST, "electrical stimulation")
    judged = screen_plan(healthy(), PLAN, extra=[stop]).screening
    at = {m.key: m.techniques["electrical stimulation"] for m in judged.muscles}
    assert at == {WRIST: Decision.NOT_HERE, CALF: Decision.PROCEED}
    general = {t.key: t.decision for t in judged.techniques}
    assert general["electrical stimulation"] is Decision.PROCEED


def test_what_interrupts_is_what_asks_or_is_stricter() -> None:
    assert [d for d in Decision if reason("patient", d).interrupts] == list(Decision)[2:]
    assert not screened("infraspinatus right").screening.interrupts
    assert screened("infraspinatus right", fever_or_infection="yes").screening.interrupts


def test_a_technique_that_is_not_planned_does_not_interrupt() -> None:
    judged = screened("extensor indicis right", epilepsy="controlled", pacemaker="yes",
                      device_site=["left chest"]).screening  # fmt: skip
    assert not judged.interrupts
    assert max(r.decision for r in judged.reasons) is Decision.DO_NOT_NEEDLE


def test_own_and_whole_decisions_are_told_apart() -> None:
    judged = screened("infraspinatus right", fever_or_infection="yes").screening
    muscle = judged.muscles[0]
    assert muscle.own is Decision.PRECAUTION
    assert muscle.decision is Decision.NOT_TODAY
    region = judged.regions[0]
    assert (region.own, region.decision) == (Decision.PROCEED, Decision.NOT_TODAY)


def test_reasons_come_strictest_first() -> None:
    judged = screened("infraspinatus right", fever_or_infection="yes", faints="yes").screening
    decisions = [r.decision for r in judged.reasons]
    assert decisions == sorted(decisions, reverse=True)


def test_missing_names_what_waits_with_the_most_needed_first() -> None:
    judged = screened("extensor indicis right", faints="unknown", fever_or_infection="unknown")
    assert judged.screening.missing == ("fever_or_infection", "faints")
    fever = next(r for r in judged.screening.reasons if r.id == "fever")
    assert fever.truth is Truth.UNKNOWN
    assert fever.missing == ("fever_or_infection",)


def test_only_the_open_part_of_a_condition_is_missing() -> None:
    judged = screened("extensor indicis right", blood_thinner="yes", medicines=["apixaban"],
                      last_dose_hours=12, kidney_disease="no").screening  # fmt: skip
    unstable = next(r for r in judged.reasons if r.id == "anticoagulant_not_stable")
    assert unstable.missing == ("treatment_stable",)


def test_a_body_mass_index_asks_for_the_half_that_is_missing() -> None:
    judged = screened("infraspinatus right", height="unknown").screening
    thin = next(r for r in judged.reasons if r.id == "thin_over_the_lung")
    assert thin.missing == ("height",)


def test_nothing_gives_proceed() -> None:
    judged = assemble([], [], {}, ())
    assert judged.decision is Decision.PROCEED
    assert not judged.interrupts
