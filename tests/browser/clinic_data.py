"""A clinic with made-up patients in a data folder of its own, for tests that drive a browser.

Run as a program (`TAUTBAND_DATA` names the folder) it prints the ids that tests need, and a session
that is signed in with a second factor for each of the cast.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.clinic.installation import lay_out

ROOT = Path(__file__).resolve().parents[2]


def make_clinic(folder: Path) -> Mapping[str, Any]:
    """Fill the folder's fresh database; answers ids, and session keys by name."""
    lay_out(folder)
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.clinic_data"],
        env={
            **os.environ,
            "TAUTBAND_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        },
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _main() -> None:
    import django

    django.setup()
    from tests.clinic.cast import NAMES, make_cast

    cast = make_cast()
    case = _patients(cast)
    keys = {name: cast.browser(name).session.session_key for name in NAMES if name != "nobody"}
    print(json.dumps({"clinic": str(cast.clinic.pk), "sessions": keys, **case}))


def _patients(cast: Any) -> dict[str, str]:
    from datetime import timedelta

    from tautband.clinic.record.models import (
        Activity,
        BodyMeasure,
        Goal,
        HistoryItem,
        Measure,
        Medication,
        Reaction,
    )
    from tautband.clinic.record.services import keeping, sessions
    from tests.clinic.record import made

    by = made.seat(cast, "clinician")
    for number in range(45):
        made.patient(
            by,
            given_name=("Ada", "Bruno", "Chidi", "Dana", "Emil")[number % 5],
            family_name=("Brandt", "Castillo", "Dvořák", "Eze", "O'Neill", "Fischer")[number % 6],
            birth_date=made.DAY - timedelta(days=8000 + 431 * number),
            phone=f"+1 303 555 {number:04d}",
            is_synthetic=True,
        )
    patient = made.patient(by, is_synthetic=True, clinic_number="H-1042", occupation="baker")
    care = made.episode(by, patient, onset_told="after painting the ceiling", sport="swimming")
    keeping.add(by, Goal(episode=care, words="sleep on the right side again"))
    for place, words in enumerate(("hang up the washing", "reach the top shelf"), start=1):
        keeping.add(by, Activity(episode=care, place=place, words=words))
    keeping.add(by, Medication(patient=patient, told="ibuprofen", dose="400 mg when needed"))
    keeping.add(by, HistoryItem(patient=patient, kind="surgery", told="appendix, 2009"))
    for kind, value, unit in (("height", 168, "cm"), ("weight", 71.5, "kg")):
        keeping.add(
            by,
            BodyMeasure(patient=patient, kind=kind, value=value, unit=unit, measured_on=made.DAY),
        )
    made.screening(by, care)
    assessment = made.assessment(by, care)
    made.finding(by, assessment)
    made.consent(by, care)
    made.plan(by, care)
    for week, worst in enumerate((8, 7, 5, 5, 3)):
        at = made.NOON + timedelta(weeks=week)
        keeping.add(
            by,
            Measure(
                episode=care, instrument="nprs", items=[worst], taken_at=at, about="worst, 24 h"
            ),
        )
        keeping.add(
            by,
            Measure(episode=care, instrument="psfs", items=[10 - worst, 8 - worst], taken_at=at),
        )
        visit = made.session(by, care, began_at=at)
        made.insertion(by, visit, at=at, twitches=week % 3, detected_by="seen")
        if week < 4:
            sessions.finish(by, visit.pk, keeping.find(by, type(visit), visit.pk).version)
        keeping.add(by, Reaction(session=visit, kind="none"))
    note = made.note(by, care)
    return {
        "patient": str(patient.pk),
        "episode": str(care.pk),
        "assessment": str(assessment.pk),
        "note": str(note.pk),
    }


if __name__ == "__main__":
    _main()
