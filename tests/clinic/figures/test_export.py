"""The export for research: who is in it, what is not, and what it leaves."""

import csv
import io
import json
import zipfile
from datetime import date
from typing import Any

import duckdb
import pytest
from django.urls import reverse

from tautband.clinic.figures import snapshot
from tautband.clinic.figures.releasing import COLUMNS
from tautband.clinic.record.models import Withdrawal
from tautband.clinic.record.services import consents
from tautband.clinic.trail.models import AuditEntry
from tests.clinic.cast import NAMES, Cast, Name
from tests.clinic.figures import world
from tests.clinic.figures.world import Treated
from tests.clinic.pages_as_text import page_of


def address(cast: Cast, *more: object) -> str:
    name = "clinic_figures_export_file" if more else "clinic_figures_export"
    return reverse(name, args=[cast.clinic.pk, *more])


def agreeing(cast: Cast, count: int) -> list[Treated]:
    """Alike people who agreed, one with an event, and one beside them who did not agree."""
    by = world.clinician(cast)
    found = [world.treated(by, born=date(1985, 1, 1 + n)) for n in range(count)]
    for one in found:
        world.agrees(by, one.patient)
    world.reacted(by, found[0].session)
    world.treated(by)
    snapshot.build(cast.clinic)
    return found


def unpacked(content: bytes, form: str) -> tuple[bytes, dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert set(pack.namelist()) == {f"treatments.{form}", "dictionary.json"}
        return pack.read(f"treatments.{form}"), json.loads(pack.read("dictionary.json"))


@pytest.mark.parametrize("name", NAMES)
def test_owner_and_clinicians_may_export(cast: Cast, name: Name) -> None:
    expected = {"owner": 200, "clinician": 200, "nobody": 302}.get(name, 404)
    assert cast.browser(name).get(address(cast)).status_code == expected


def test_only_who_agreed_is_in_it_and_nothing_names_them(cast: Cast) -> None:
    found = agreeing(cast, 6)
    answer = cast.browser("clinician").get(address(cast, "csv"))
    text, told = unpacked(answer.content, "csv")
    rows = list(csv.DictReader(io.StringIO(text.decode())))
    assert len(rows) == len({row["person"] for row in rows}) == 6
    assert list(rows[0]) == [one.name for one in COLUMNS] == [c["name"] for c in told["columns"]]
    assert {row["presentation"] for row in rows} == {"neck_pain"}
    assert {row["age_band"] for row in rows} == {"40-49"}
    assert {row["insertions"] for row in rows} == {"2"}
    # One person had an event: that grade is withheld, with the one that would give it away.
    assert {row["gravest_event"] for row in rows} == {"withheld"}
    for secret in (b"Okafor", str(found[0].patient.pk).encode(), b"2026-"):
        assert secret not in text
    entries = AuditEntry.objects.of(cast.clinic.pk).filter(action="export")
    assert {one.patient_id for one in entries if one.kind == "patient"} == {
        one.patient.pk for one in found
    }
    assert entries.filter(kind="figures").count() == 1


def test_parquet_holds_the_same_with_its_types(cast: Cast, tmp_path: Any) -> None:
    agreeing(cast, 5)
    content, told = unpacked(cast.browser("owner").get(address(cast, "parquet")).content, "parquet")
    path = tmp_path / "treatments.parquet"
    path.write_bytes(content)
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT person, week FROM '{path}'").fetchall()
    assert sorted(rows) == [(n, 0) for n in range(1, 6)]
    assert told["people"] == 5


def test_a_withdrawal_holds_at_once_and_four_are_too_few(cast: Cast) -> None:
    found = agreeing(cast, 5)
    client = cast.browser("clinician")
    by = world.clinician(cast)
    assert "5 patients have agreed" in page_of(client.get(address(cast)))
    consent = consents.standing(by, found[0].patient, "research")[0]
    consents.withdraw(by, Withdrawal(patient=found[0].patient, consent=consent))
    answer = client.get(address(cast, "csv"), follow=True)
    page = page_of(answer)
    assert answer["Content-Type"].startswith("text/html")
    assert "4 patients have agreed" in page
    assert "at least 5 who agreed" in page
    assert not AuditEntry.objects.of(cast.clinic.pk).filter(action="export").exists()


def test_another_form_is_not_there(cast: Cast) -> None:
    assert cast.browser("clinician").get(address(cast, "xlsx")).status_code == 404
