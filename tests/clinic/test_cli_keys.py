"""`tautband keys` as it is used: list, new, rotate, retire, export."""

import json
from pathlib import Path

import pytest

from tautband.cli import main
from tautband.clinic.people.models import Clinic
from tests.clinic.rings import own_ring
from tests.clinic.sealing.models import Memo
from tests.clinic.test_rotation import settle

__all__ = ["own_ring"]
pytestmark = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["keys", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_round_from_the_first_key_to_the_next(
    own_ring: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic = Clinic.objects.create(name="Hill Street", jurisdiction="GB")
    Memo.objects.create(clinic=clinic, text="words")
    code, out, _ = run(capsys, "list")
    assert code == 0
    assert "active" in out
    assert "1 in sealing.memo.text" in out
    old = out.split()[0]
    code, out, _ = run(capsys, "new")
    assert code == 0
    new = out.split()[0]
    assert new != old
    assert run(capsys, "rotate") == (0, f"1 values sealed anew with {new}.\n", "")
    code, out, err = run(capsys, "retire", old)
    assert (code, out) == (2, "")
    assert "until a few minutes ago" in err
    settle()
    assert run(capsys, "retire", old)[0] == 0
    _, out, _ = run(capsys, "list", "--json")
    told = json.loads(out)
    assert [key["id"] for key in told["keys"]] == [new]
    assert told["not_in_the_ring"] == []
    assert run(capsys, "export", str(tmp_path / "copy.json"))[0] == 0
    code, _, err = run(capsys, "export", str(tmp_path / "copy.json"))
    assert code == 2
    assert "exists" in err
    for said in (out, err):
        assert json.loads(own_ring.read_text())["keys"][0]["secret"] not in said


def test_a_lost_key_is_told(own_ring: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tautband.clinic.keyring import key_ring, replace_ring
    from tautband.vault.keys import KeyRing

    clinic = Clinic.objects.create(name="Hill Street", jurisdiction="GB")
    Memo.objects.create(clinic=clinic, text="words")
    lost = key_ring().active
    replace_ring(KeyRing.parse(key_ring().with_new(next(iter(key_ring())).made_at).text()))
    replace_ring(key_ring().without(lost))
    code, out, _ = run(capsys, "list")
    assert code == 1
    assert f"{lost}  MISSING" in out
    code, _, err = run(capsys, "rotate")
    assert code == 1
    assert "not in the key ring" in err
    assert "words" not in err
