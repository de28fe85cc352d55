"""Write ``src/tautband/response/data/priors.toml`` from the evidence.

python -m tools.write_priors [--check]
"""

import sys
from pathlib import Path

from tautband.evidence.priors import as_toml, priors
from tautband.evidence.trials import load_trials

PATH = Path(__file__).parents[1] / "src" / "tautband" / "response" / "data" / "priors.toml"


def current() -> str:
    """The text that the file should hold."""
    return as_toml(priors(load_trials().values()))


def main() -> None:
    """Write the file, or check that it is current."""
    if "--check" in sys.argv[1:]:
        if PATH.read_text("utf-8") != current():
            sys.exit("priors.toml is not current: run python -m tools.write_priors")
        return
    PATH.write_text(current(), "utf-8")


if __name__ == "__main__":
    main()
