"""Compile the atlas: check every record and write the arrays that the program loads."""

import sys
from pathlib import Path

from tautband.atlas.compile import compile_atlas
from tautband.base.errors import InputError

TARGET = Path(__file__).parents[1] / "src/tautband/atlas/compiled"


def main() -> int:
    """Compile into the package, or into the folder given."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    try:
        print(f"{compile_atlas(target)} -> {target}")
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
