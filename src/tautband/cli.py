"""The command line.  What a command needs is imported when it runs, so that help is instant."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

from tautband.base.errors import InputError
from tautband.commands import (
    atlas,
    audit,
    backup,
    clinic,
    demo,
    depth,
    evidence,
    examine,
    figures,
    forecast,
    keys,
    locate,
    people,
    plan,
    practitioner,
    presentations,
    record,
    score,
    screen,
    synthetic,
    triage,
    validate,
)

WRONG_INPUT = 2
READER_LEFT = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit code: 0, or 2 with one clear sentence for wrong input."""
    chosen = _parser().parse_args(arguments)
    try:
        code = int(chosen.run(chosen))
        sys.stdout.flush()
        return code
    except InputError as error:
        print(f"tautband: {error}", file=sys.stderr)
        return WRONG_INPUT
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough: write nothing more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_LEFT
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tautband",
        description="From a pain drawing to the trigger points that would explain it. "
        "For trained, licensed professionals; advice, not a decision.",
    )
    parser.add_argument("--version", action="version", version=f"tautband {version('tautband')}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    locate.add(commands)
    examine.add(commands)
    screen.add(commands)
    plan.add(commands)
    depth.add(commands)
    triage.add(commands)
    practitioner.add(commands)
    presentations.add(commands)
    atlas.add(commands)
    validate.add(commands)
    synthetic.add(commands)
    evidence.add(commands)
    score.add(commands)
    forecast.add(commands)
    clinic.add(commands)
    people.add(commands)
    record.add(commands)
    audit.add(commands)
    backup.add(commands)
    keys.add(commands)
    figures.add(commands)
    demo.add(commands)
    _add_serve(commands)
    return parser


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help="serve the pages and the API")
    serve.add_argument("--host", default="127.0.0.1", help="address to bind (%(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="port (%(default)s)")
    serve.add_argument("--workers", type=int, default=2, help="processes (%(default)s)")
    serve.set_defaults(run=_serve)


def _serve(chosen: argparse.Namespace) -> int:
    from tautband.clinic.server import serve

    serve(chosen.host, chosen.port, chosen.workers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
