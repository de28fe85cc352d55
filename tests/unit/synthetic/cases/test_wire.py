"""Made-up patients as data: marked everywhere, readable by the formats that they are made of."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tautband.atlas.atlas import load_atlas
from tautband.body.drawing import from_json
from tautband.care.course_file import read_course
from tautband.care.screen import read_answers
from tautband.synthetic.cases.make import made_up_cases
from tautband.synthetic.cases.wire import (
    case_json,
    cases_json,
    course_json,
    tables,
    write_csv,
    write_json,
)

CASES = tuple(made_up_cases(25, 4))
START = date(2026, 11, 2)


def objects(value: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield name, value
        # Answers and scores have formats of their own, and stand in files that are marked.
        for key, inner in value.items():
            if key != "answers" and name != "course":
                yield from objects(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner, name)


def test_every_object_says_that_it_is_synthetic() -> None:
    document = json.loads(json.dumps(cases_json(CASES, seed=4, start=START)))
    assert document["schema"] == "tautband.synthetic/1"
    for name, found in objects(document):
        assert found["synthetic"] is True, name


def test_what_is_made_can_be_read_by_its_own_format() -> None:
    surface = load_atlas().table.surface
    for case in CASES:
        data = case_json(case)
        assert from_json(data["drawing"], surface) == case.drawing
        read_answers(data["health"])
        course = read_course(data["course"]).course
        assert course.synthetic
        assert len(course.sessions) == len(case.visits)


def test_the_course_counts_days_from_the_first_session() -> None:
    for case in CASES:
        course = course_json(case)
        if case.visits:
            assert course["sessions"][0]["day"] == 0
            assert [s["ltr"] for s in course["sessions"]] == [v.ltr for v in case.visits]


def test_rows_hold_what_the_patients_hold() -> None:
    found = tables(CASES)
    assert len(found["patients"]) == 25
    assert len(found["sessions"]) == sum(len(case.visits) for case in CASES)
    assert sum(int(row["needles"] or 0) for row in found["needled"]) == sum(
        visit.needles for case in CASES for visit in case.visits
    )
    for rows in found.values():
        assert all(row["synthetic"] is True for row in rows)


def test_csv_files_have_a_column_that_says_synthetic(tmp_path: Path) -> None:
    for path in write_csv(CASES, tmp_path):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert all(row["synthetic"] == "true" for row in rows), path.name
        assert all(row["patient"].startswith("Synthetic ") for row in rows)
    assert len(list(tmp_path.iterdir())) == 7


def test_a_table_without_rows_still_says_what_it_is(tmp_path: Path) -> None:
    write_csv((), tmp_path)
    assert (tmp_path / "events.csv").read_text("utf-8").startswith("synthetic,patient")


def test_one_json_file_for_each_patient(tmp_path: Path) -> None:
    paths = write_json(CASES[:3], tmp_path)
    assert [p.name for p in paths] == [f"synthetic-000{n}.json" for n in (1, 2, 3)]
    assert json.loads(paths[0].read_text("utf-8")) == case_json(CASES[0])
