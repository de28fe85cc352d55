"""What stands on the paper of a record: words of the catalogue, each thing said once."""

import json
import re
from pathlib import Path
from typing import Any

from tautband.clinic import catalogue
from tautband.clinic.record import export
from tautband.clinic.record.export.blocks import document
from tautband.clinic.record.models import Episode, LedgerEntry, Patient
from tautband.clinic.record.services import exporting, keeping, sessions
from tests.clinic.cast import Cast
from tests.clinic.record import made
from tests.clinic.record.rich import rich_patient

FOLDER = Path(export.__file__).parent
ASKED = re.compile(r'(?:page|self)\.t\(\s*f?"([a-z0-9-]+)|page\.head\(([^)]*)\)')


def test_every_text_of_the_paper_is_asked_for() -> None:
    asked: set[str] = set()
    for file in FOLDER.glob("*.py"):
        for one, heads in ASKED.findall(file.read_text("utf-8")):
            asked |= {one} if one else set(re.findall(r'"([a-z0-9-]+)"', heads))
    known = set(re.findall(r"^record-pdf-([a-z0-9-]+) =", catalogue.catalogue_source(), re.M))
    # A stem that ends in a hyphen takes one of several endings.
    stems = tuple(one for one in asked if one.endswith("-"))
    assert {one for one in known if not one.startswith(stems)} == asked - set(stems)


def blocks(cast: Cast, patient: Patient) -> list[dict[str, Any]]:
    """The blocks of a patient's paper."""
    record = exporting.export_json(made.seat(cast, "clinician"), patient.pk)
    found: list[dict[str, Any]] = document(record, (), "en")["blocks"]
    return found


def texts(cast: Cast, patient: Patient) -> str:
    return json.dumps(blocks(cast, patient), ensure_ascii=False)


def test_only_a_count_of_twitches_says_whether_they_were_assessed(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    episode = made.episode(by, made.patient(by))
    session = made.session(by, episode)
    made.insertion(by, session, twitches=None)
    counted = {"kind": "twitches", "muscle": "infraspinatus", "side": "right", "at": made.NOON}
    sessions.enter(by, LedgerEntry(session=session, **counted))
    sessions.enter(by, LedgerEntry(session=session, twitches=2, detected_by="seen", **counted))
    tables = [one for one in blocks(cast, episode.patient) if one["kind"] == "table"]
    (ledger,) = [one for one in tables if one["head"][-1] == "Twitches"]
    cells = [row[-1] for row in ledger["rows"]]
    assert sorted(cells) == ["", "2", "not assessed"]


def test_closing_and_signing_are_no_corrections(cast: Cast) -> None:
    patient = rich_patient(cast)
    assert '"Corrections"' not in texts(cast, patient)
    by = made.seat(cast, "clinician")
    episode = Episode.objects.get(patient=patient)
    keeping.change(by, episode, episode.version, {"sport": "rugby"}, why="misheard")
    assert "misheard" in texts(cast, patient).split('"Corrections"')[1]


def test_the_words_that_were_signed_stand_once(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    patient = made.patient(by)
    points = ["Sore: for a day or two.", "Bruise: a small one."]
    made.consent(by, made.episode(by, patient), explained=points, words="\n\n".join(points),
                 sheet="neck_pain", sheet_version="neck_pain-58ab")  # fmt: skip
    text = texts(cast, patient)
    assert text.count("for a day or two") == 1
    assert '"Sore; Bruise"' in text
    assert '"neck pain 58ab"' in text
