"""``tautband figures``: make the snapshots from which clinics' figures are counted."""

import argparse
import time


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("figures", help="the figures of clinics")
    deeds = parser.add_subparsers(title="deeds", metavar="DEED", required=True)
    snapshot = deeds.add_parser("snapshot", help="count a clinic anew, or all of them")
    snapshot.add_argument("--clinic", metavar="ID", help="one clinic (all when left out)")
    snapshot.set_defaults(run=_snapshot)


def _snapshot(chosen: argparse.Namespace) -> int:
    from tautband.clinic.start import open_installation

    open_installation()
    from tautband.base.errors import InputError
    from tautband.clinic.figures.snapshot import build
    from tautband.clinic.people.models import Clinic

    found = {str(one.pk): one for one in Clinic.objects.order_by("name")}
    if chosen.clinic and chosen.clinic not in found:
        raise InputError("clinic", f"is '{chosen.clinic[:40]}'", "an id of 'tautband clinic list'")
    for clinic in [found[chosen.clinic]] if chosen.clinic else found.values():
        began = time.monotonic()
        path = build(clinic)
        print(f"{clinic.pk}  {path.stat().st_size:,} bytes in {time.monotonic() - began:.1f} s")
    return 0
