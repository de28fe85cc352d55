"""What is handed out for research: treatments of patients who agreed, de-identified.

Who agreed is asked of the record at the moment of the export, so that a withdrawal holds at once;
what happened is taken from the snapshot.  No day is told: times count from a patient's first
treatment.  Numbers of people are drawn anew for each export and lead nowhere.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.figures.columns import Column
from tautband.clinic.figures.snapshot import Snapshot
from tautband.clinic.patient_keys import remembered_keys
from tautband.clinic.people.models import Clinic
from tautband.clinic.record.models import Consent, Patient
from tautband.figures.release import WITHHELD, Known, age_band, blurred, rare
from tautband.figures.withholding import LEAST

DAYS = 7
GRADES = ("none", "mild", "moderate", "severe", "serious")
COLUMNS: tuple[Column, ...] = (
    Column("person", "INTEGER", "number of the patient, drawn anew for this export"),
    Column("sex", "VARCHAR", "female, male, or withheld", "not stated"),
    Column("age_band", "VARCHAR", "age today in bands of ten years, or withheld", "unknown"),
    Column("presentation", "VARCHAR", "id of the presentation in the atlas, or withheld", "none"),
    Column("treatment", "INTEGER", "which treatment of this patient, from 1"),
    Column("week", "INTEGER", "whole weeks since the patient's first treatment"),
    Column("areas", "VARCHAR", "areas of the body that were needled, separated by semicolons"),
    Column("insertions", "INTEGER", "passages of a needle through the skin", "not counted"),
    Column("twitches", "INTEGER", "local twitch responses", "not assessed"),
    Column("gravest_event", "VARCHAR", "gravest adverse event or reaction recorded of the "
           "treatment: none, mild, moderate, severe, serious, or withheld"),
    Column("pain_first", "DOUBLE", "first pain score of the episode (NPRS, 0 to 10)", "none"),
    Column("pain_last", "DOUBLE", "last pain score of the episode (NPRS, 0 to 10)", "none"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Release:
    """Rows in the order of `COLUMNS`; whose they are, and how many who agreed were left out."""

    rows: list[tuple[Any, ...]]
    patients: tuple[UUID, ...]
    agreed: int


def agreed(clinic: Clinic) -> list[Patient]:
    """Patients with a standing consent to research who are there for daily work."""
    standing = Consent.objects.in_clinic(clinic).filter(kind="research", withdrawal=None)
    mine = Patient.objects.in_clinic(clinic).filter(erased_at=None, restricted_at=None)
    return list(mine.filter(pk__in=standing.values("patient")))


def release(of: Snapshot, clinic: Clinic) -> Release:
    """The rows that may be handed out.

    Raises InputError where fewer than five people agreed, or could be told.
    """
    people = {one.pk: one for one in agreed(clinic)}
    rows = _treated(of, list(people))
    known = _known([people[one] for one in {row[0] for row in rows}], rows)
    told = blurred(known)
    if len(told) < LEAST:
        raise InputError(
            "export",
            f"would tell of {len(told)} people",
            f"at least {LEAST} who agreed, were treated, and are alike enough",
        )
    rows = [row for row in rows if row[0] in told]
    hidden = rare({(who, grade): grade for who, *_, grade, _, _ in rows})
    order = list(told)
    random.SystemRandom().shuffle(order)
    numbers = {who: number for number, who in enumerate(order, start=1)}
    out = [_row(row, numbers, told, hidden) for row in rows]
    out.sort(key=lambda row: (row[0], row[4]))
    return Release(out, tuple(sorted(told)), len(people))


def _row(
    row: tuple[Any, ...],
    numbers: Mapping[UUID, int],
    told: Mapping[UUID, Known],
    hidden: frozenset[str],
) -> tuple[Any, ...]:
    who, _, number, week, areas, insertions, twitches, _, grade, first, last = row
    one = told[who]
    shown = WITHHELD if grade in hidden else grade
    person = (numbers[who], one.sex, one.age_band, one.presentation)
    return (*person, number, week, areas, insertions, twitches, shown, first, last)


def _known(people: Sequence[Patient], rows: Sequence[tuple[Any, ...]]) -> dict[UUID, Known]:
    """What others may know; the complaint is that of the first treatment."""
    today = timezone.localdate()
    named: dict[UUID, str] = {}
    for who, presentation, *_ in rows:
        named.setdefault(who, presentation or "")
    with remembered_keys():
        return {
            one.pk: Known(one.sex, age_band(one.age_on(today)), named[one.pk]) for one in people
        }


def _treated(of: Snapshot, people: list[UUID]) -> list[tuple[Any, ...]]:
    """Treatments of these people: patient, presentation, number, week, ... gravest, pain."""
    grades = ", ".join(f"'{grade}'" for grade in GRADES)
    return of.rows(
        f"""
        WITH mine AS (
            SELECT *, row_number() OVER (PARTITION BY patient ORDER BY treatment) AS nth,
                date_diff('day', min(held_on) OVER (PARTITION BY patient), held_on) // {DAYS}
                    AS week
            FROM treatment WHERE list_contains(?, patient)
        ), needled AS (
            SELECT treatment, string_agg(DISTINCT area, ';' ORDER BY area) AS areas
            FROM insertion GROUP BY 1
        ), gravest AS (
            SELECT treatment, max(list_position([{grades}], grade)) AS place FROM event GROUP BY 1
        ), pain AS (
            SELECT episode, arg_max(first, weeks) AS first, arg_max(last, weeks) AS last
            FROM outcome WHERE instrument = 'nprs' GROUP BY 1
        )
        SELECT mine.patient, episode.presentation, nth, week, coalesce(areas, ''), insertions,
            twitches, place, [{grades}][coalesce(place, 1)], pain.first, pain.last
        FROM mine JOIN episode ON episode.episode = mine.episode
        LEFT JOIN needled USING (treatment) LEFT JOIN gravest USING (treatment)
        LEFT JOIN pain ON pain.episode = mine.episode
        ORDER BY mine.patient, nth
        """,
        [people],
    )
