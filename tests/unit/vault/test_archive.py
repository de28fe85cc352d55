"""Archives: what was written comes back, and nothing else does."""

import io
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.vault import archive
from tautband.vault.archive import BrokenArchiveError, head_for_passphrase, head_for_ring

SECRET = b"s" * 32
HEAD = head_for_ring("2026-11-25T10:00:00+00:00", "0123456789abcdef")
WORDS = "twelve small needles"


@pytest.fixture(autouse=True, scope="module")
def small_chunks() -> Iterator[None]:
    """Chunks of ten bytes, so that short archives have many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive, "CHUNK_BYTES", 10)
        yield


def written(*parts: bytes) -> bytes:
    file = io.BytesIO()
    archive.write(file, HEAD, SECRET, parts)
    return file.getvalue()


def read(data: bytes, secret: bytes | str = SECRET) -> bytes:
    return b"".join(archive.read(io.BytesIO(data), secret))


@given(st.lists(st.binary(max_size=35), max_size=6))
def test_what_was_written_comes_back(parts: list[bytes]) -> None:
    data = written(*parts)
    assert read(data) == b"".join(parts)
    assert archive.read_head(io.BytesIO(data)) == HEAD


@settings(max_examples=300)
@given(st.data())
def test_any_changed_bit_is_refused(data: st.DataObject) -> None:
    whole = bytearray(written(b"a" * 25, b"b" * 17))
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(BrokenArchiveError):
        read(bytes(whole))


def test_any_truncation_is_refused() -> None:
    whole = written(b"a" * 42)
    for length in range(len(whole)):
        with pytest.raises(BrokenArchiveError):
            read(whole[:length])


def test_chunks_cannot_be_moved_dropped_doubled_or_added() -> None:
    whole = written(bytes(range(50)))
    size = 4 + 10 + 16
    front = len(whole) - 5 * size
    assert front > 0
    head, chunks = whole[:front], [whole[front + i * size :][:size] for i in range(5)]
    other = written(bytes(range(50)))[front:][:size]
    for order in (
        [1, 0, 2, 3, 4], [0, 1, 3, 4], [0, 1, 2, 3], [0, 0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 4], [4],
    ):  # fmt: skip
        with pytest.raises(BrokenArchiveError):
            read(head + b"".join(chunks[place] for place in order))
    with pytest.raises(BrokenArchiveError):
        read(head + b"".join([other, *chunks[1:]]))
    with pytest.raises(BrokenArchiveError):
        read(whole + b"\0")


def test_a_passphrase_opens_what_it_sealed_and_nothing_else() -> None:
    file = io.BytesIO()
    archive.write(file, head_for_passphrase("now", log_n=14), WORDS, [b"plain"])
    assert read(file.getvalue(), WORDS) == b"plain"
    with pytest.raises(BrokenArchiveError, match="does not open"):
        read(file.getvalue(), WORDS + "!")
    with pytest.raises(BrokenArchiveError, match="Expected a passphrase"):
        read(file.getvalue(), SECRET)
    with pytest.raises(BrokenArchiveError, match="Expected key 0123456789abcdef"):
        read(written(b"x"), WORDS)


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(InputError, match="at least 12"):
        archive.write(io.BytesIO(), head_for_passphrase("now"), "short", [b""])


def test_the_key_of_another_installation_does_not_open_it() -> None:
    with pytest.raises(BrokenArchiveError, match="the key or passphrase is another"):
        read(written(b"x"), b"t" * 32)


@pytest.mark.parametrize("data", [b"", b"x", b"PK\x03\x04" * 20, archive.MAGIC])
def test_other_files_are_told_apart(data: bytes) -> None:
    with pytest.raises(BrokenArchiveError):
        read(data)


def test_the_plain_bytes_are_nowhere_in_the_file() -> None:
    assert b"needle" not in written(b"a needle here")
