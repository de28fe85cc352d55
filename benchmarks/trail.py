"""What the audit trail costs: one entry in a request, and a check of a million entries.

``python -m benchmarks.trail [ENTRIES]`` on SQLite in a folder of its own, or on the database of
DATABASE_URL, which must be empty.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta

MILLION = 1_000_000
BATCH = 5000


def main(entries: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TAUTBAND_DATA"] = folder
        from tautband.clinic.start import open_installation

        open_installation()
        _one_entry()
        _check(entries)


def _one_entry(rounds: int = 500) -> None:
    from django.db import transaction

    from tautband.clinic.trail.deeds import Deed
    from tautband.clinic.trail.writing import note

    clinic, person, patient = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    alone, within = [], []
    used = time.process_time()
    for _ in range(rounds):
        began = time.perf_counter()
        note(clinic, person, Deed.READ, "patient", patient, patient)
        alone.append(time.perf_counter() - began)
        with transaction.atomic():
            began = time.perf_counter()
            note(clinic, person, Deed.READ, "patient", patient, patient)
            within.append(time.perf_counter() - began)
    used = (time.process_time() - used) / rounds / 2
    print(f"one entry: {used * 1e3:.2f} ms of processor, the rest is waiting for the disk")
    for name, found in (("with commit and head", alone), ("within a transaction", within)):
        cuts = statistics.quantiles(found, n=20)
        print(f"one entry {name}: median {cuts[9] * 1e3:.2f} ms, p95 {cuts[18] * 1e3:.2f} ms")


def _check(entries: int) -> None:
    from django.db import models, transaction

    from tautband.clinic.trail.heads import publish
    from tautband.clinic.trail.keys import active_key
    from tautband.clinic.trail.models import AuditEntry
    from tautband.clinic.trail.reading import check_chain
    from tautband.vault.chain import BEGINNING, Entry, sealed_head, stored

    chain, (key_id, key) = uuid.uuid4(), active_key()
    digest, begun = BEGINNING, datetime(2026, 1, 1, tzinfo=UTC)
    people = [str(uuid.uuid4()) for _ in range(10)]
    patients = [str(uuid.uuid4()) for _ in range(1000)]
    for first in range(1, entries + 1, BATCH):
        rows = []
        for number in range(first, min(first + BATCH, entries + 1)):
            patient = patients[number % 1000]
            entry = Entry(
                *(str(chain), number, begun + timedelta(seconds=number), people[number % 10]),
                *("read", "patient", patient, patient, ""),
            )
            sealed = stored(entry, digest, key_id, key)
            digest = sealed.digest
            rows.append(AuditEntry.of_stored(sealed))
        with transaction.atomic():
            models.QuerySet[AuditEntry](AuditEntry).bulk_create(rows)
    now = datetime.now(UTC)
    publish(sealed_head(str(chain), entries, digest, now, key_id, key))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, used = time.perf_counter(), time.process_time()
    report = check_chain(chain)
    took, used = time.perf_counter() - began, time.process_time() - used
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert report.is_whole
    assert report.last == entries
    print(
        f"check of {entries:,} entries: {took:.1f} s ({used:.1f} s of processor), "
        f"memory grew by {grown / 1024:.1f} MB"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MILLION)
