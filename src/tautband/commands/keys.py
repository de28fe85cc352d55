"""`tautband keys`: the keys that seal patients' data.  Whoever loses them loses the data."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tautband.clinic.rotation import Progress


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    keys = commands.add_parser("keys", help="the keys that seal patients' data")
    deeds = keys.add_subparsers(title="what to do", metavar="DEED", required=True)
    listing = deeds.add_parser("list", help="each key, and what still needs it")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(run=_list)
    new = deeds.add_parser("new", help="add a key that seals from now on")
    new.set_defaults(run=_new)
    rotate = deeds.add_parser("rotate", help="seal everything anew with the active key")
    rotate.add_argument("--new", action="store_true", help="add a key first")
    rotate.set_defaults(run=_rotate)
    retire = deeds.add_parser("retire", help="forget a key that nothing needs any more")
    retire.add_argument("key", help="its id")
    retire.set_defaults(run=_retire)
    export = deeds.add_parser("export", help="copy the keys into a new file, for a safe place")
    export.add_argument("file", type=Path)
    export.set_defaults(run=_export)


def _list(chosen: argparse.Namespace) -> int:
    _open()
    from tautband.clinic.keyring import key_ring
    from tautband.clinic.rotation import uses

    ring, needed = key_ring(), uses()
    unknown = sorted(set(needed) - {key.id for key in ring})
    if chosen.json:
        rows: list[dict[str, Any]] = [
            {
                "id": key.id,
                "active": key.id == ring.active,
                "made_at": key.made_at.isoformat(),
                "needed_by": needed.get(key.id, {}),
            }
            for key in ring
        ]
        lost = [{"id": key_id, "needed_by": needed[key_id]} for key_id in unknown]
        print(json.dumps({"keys": rows, "not_in_the_ring": lost}, indent=2))
        return 1 if unknown else 0
    for key in ring:
        state = "active" if key.id == ring.active else "opens only"
        print(f"{key.id}  {state:10}  made {key.made_at:%Y-%m-%d %H:%M} UTC")
        _print_uses(needed.get(key.id, {}))
    for key_id in unknown:
        print(f"{key_id}  MISSING: what it sealed cannot be read")
        _print_uses(needed[key_id])
    return 1 if unknown else 0


def _print_uses(needed: "dict[str, int] | Any") -> None:
    if not needed:
        print("    nothing needs it")
    for name, count in sorted(needed.items()):
        print(f"    {count:>9,} in {name}")


def _new(_chosen: argparse.Namespace) -> int:
    _open()
    from tautband.clinic.key_care import add_key

    ring = add_key()
    print(f"{ring.active} seals from now on.  Export the keys again, and keep the copy safe.")
    return 0


def _rotate(chosen: argparse.Namespace) -> int:
    _open()
    from tautband.clinic.key_care import add_key
    from tautband.clinic.keyring import key_ring
    from tautband.clinic.rotation import rotate

    active = add_key().active if chosen.new else key_ring().active
    progress = rotate(tell=_tell)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(f"{progress.done:,} values sealed anew with {active}.")
    if progress.changed_meanwhile:
        print(f"{progress.changed_meanwhile:,} were changed meanwhile: run it once more.")
    for place in progress.broken:
        print(f"cannot be opened: {place}", file=sys.stderr)
    return 1 if progress.broken or progress.changed_meanwhile else 0


def _tell(progress: "Progress") -> None:
    if sys.stderr.isatty():
        print(f"\r{progress.done:,} values", end="", file=sys.stderr, flush=True)


def _retire(chosen: argparse.Namespace) -> int:
    _open()
    from tautband.clinic.key_care import retire_key

    retire_key(chosen.key)
    print(f"{chosen.key} is forgotten.  Backups from before can be read only with an exported")
    print("copy of the keys that holds it: keep one for as long as you keep such backups.")
    return 0


def _export(chosen: argparse.Namespace) -> int:
    _open()
    from tautband.clinic.key_care import copy_ring

    copy_ring(chosen.file)
    print(f"{chosen.file} holds every key.  Keep it apart from the backups: together they are")
    print("everything.  Whoever has the keys can read the data; without them nobody can.")
    return 0


def _open() -> None:
    from tautband.clinic.start import open_installation

    open_installation()
