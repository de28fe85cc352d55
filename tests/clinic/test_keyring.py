"""Where the keys are kept, who may read them, and what is refused."""

import stat
import uuid
from pathlib import Path

import pytest
from pytest_django import Settings

from tautband.base.errors import InputError
from tautband.clinic.keyring import key_ring, keys_file, replace_ring
from tautband.clinic.people.models import Clinic
from tautband.vault.keys import KeyRing
from tests.clinic.rings import own_ring
from tests.clinic.sealing.models import Memo, Person
from tests.unit.vault.rings import NOW, ring_of

__all__ = ["own_ring"]
pytestmark = pytest.mark.django_db


def test_keys_are_made_once_for_this_user_alone(own_ring: Path) -> None:
    made = key_ring().active
    assert key_ring().active == made
    assert stat.S_IMODE(own_ring.stat().st_mode) == 0o600
    assert KeyRing.parse(own_ring.read_text()).active == made
    assert [path.name for path in own_ring.parent.iterdir()] == ["keys.json"]


def test_a_key_added_by_another_process_is_noticed(own_ring: Path) -> None:
    ring = key_ring()
    replace_ring(ring.with_new(NOW))
    assert key_ring().active != ring.active
    assert ring.active in key_ring()


def test_the_environment_may_hold_the_keys_or_name_their_file(
    own_ring: Path, settings: Settings, tmp_path: Path
) -> None:
    settings.TAUTBAND_KEYS = ring_of(2).text()
    assert key_ring().active == ring_of(2).active
    assert keys_file() is None
    with pytest.raises(InputError, match="cannot be changed here"):
        replace_ring(ring_of(1))
    settings.TAUTBAND_KEYS = str(tmp_path / "elsewhere.json")
    (tmp_path / "elsewhere.json").write_text(ring_of(1).text())
    assert key_ring().active == ring_of(1).active
    assert not own_ring.exists()


def test_a_named_file_that_is_missing_is_never_made(
    own_ring: Path, settings: Settings, tmp_path: Path
) -> None:
    settings.TAUTBAND_KEYS = str(tmp_path / "elsewhere.json")
    with pytest.raises(InputError, match="names a file that does not exist"):
        key_ring()
    assert not (tmp_path / "elsewhere.json").exists()


@pytest.mark.parametrize("kind", ["ring", "person"])
def test_lost_keys_are_not_replaced_by_new_ones(own_ring: Path, kind: str) -> None:
    clinic = Clinic.objects.create(name="Hill Street", jurisdiction="GB")
    if kind == "ring":
        Memo.objects.create(clinic=clinic, text="words")
    else:
        Person.objects.create(clinic=clinic, name="Ana")
    own_ring.rename(own_ring.with_name("elsewhere"))
    with pytest.raises(InputError, match=r"keys.json is missing, and the database is sealed"):
        key_ring()
    assert not own_ring.exists()
    own_ring.with_name("elsewhere").rename(own_ring)
    assert key_ring()


def test_a_file_that_is_no_ring_is_refused_without_quoting_it(own_ring: Path) -> None:
    own_ring.parent.mkdir()
    own_ring.write_text(f"secret {uuid.uuid4()}")
    with pytest.raises(InputError) as told:
        key_ring()
    assert "secret" not in str(told.value)
