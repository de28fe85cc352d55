"""Mutation testing of the screening engine: break it in one place at a time, and run its tests.

    python tools/mutate.py [--minutes N] [--list]

Each mutant changes one operator, constant or truth value in one of the engine's modules.  A mutant
that no test notices has survived; the score is the share that was noticed.  Mutants run one after
the other in forked children that have everything else loaded already.  Figures go into
``docs/safety.md``; not part of CI (``make mutate``).
"""

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]
PACKAGE = "tautband.safety.screening"
MODULES = ("truth", "expression", "known", "policy", "engine", "screening", "rules", "targets")
# Functions that only word, parse or list; their mistakes do not decide anything.
LEFT_OUT = frozenset({"_shown", "_unclear", "_about", "_error", "parse_plan"})
# In two rounds, the quick ones first: most mutants do not live to see the second.
TESTS = (
    ("test_expression.py", "test_clinical.py", "test_policy.py", "test_screening.py"),
    (
        "test_rule_checks.py",
        "test_places.py",
        "test_answers.py",
        "test_every_rule.py",
        "test_properties.py",
    ),
)
LONGEST_SECONDS = 180
PAGE = ROOT / "docs" / "safety.md"
BEGIN, END = "<!-- mutation: begin -->", "<!-- mutation: end -->"

COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
ATTRIBUTES = {"YES": "NO", "NO": "UNKNOWN", "UNKNOWN": "YES", "ASK": "PRECAUTION",
              "PRECAUTION": "ASK", "PROCEED": "PRECAUTION"}  # fmt: skip
BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


class Mutant:
    """One changed module: where, what was changed, and its source."""

    def __init__(self, module: str, line: int, change: str, source: str) -> None:
        self.module, self.line, self.change, self.source = module, line, change, source

    def __str__(self) -> str:
        return f"{self.module}.py:{self.line} {self.change}"


def mutants_of(module: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    path = ROOT / "src" / Path(*PACKAGE.split(".")) / f"{module}.py"
    tree = ast.parse(path.read_text("utf-8"))
    for number, node in enumerate(_walk(tree)):
        for kind, was in _changes(node):
            changed = copy.deepcopy(tree)
            target = list(_walk(changed))[number]
            now = _apply(target, kind)
            line = getattr(node, "lineno", 0)
            yield Mutant(
                module, line, f"{was} -> {now}", ast.unparse(ast.fix_missing_locations(changed))
            )


def _walk(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that decide: no docstrings, annotations, imports or messages."""
    for field, value in ast.iter_fields(tree):
        if field in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        if isinstance(tree, ast.ClassDef) and field == "keywords":
            continue  # frozen, kw_only and the like
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(
                child, ast.Raise | ast.Import | ast.ImportFrom
            ):
                continue
            if isinstance(child, ast.FunctionDef) and child.name in LEFT_OUT:
                continue
            yield child
            yield from _walk(child)


def _changes(node: ast.AST) -> list[tuple[str, str]]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARE:
            return [("compare", type(op).__name__)]
        case ast.BoolOp(op=op):
            return [("bool", type(op).__name__)]
        case ast.UnaryOp(op=ast.Not()):
            return [("not", "not")]
        case ast.BinOp(op=op) if type(op) in BINARY:
            return [("binary", type(op).__name__)]
        case ast.Call(func=ast.Name(id=name)) if name in NAMES:
            return [("name", name)]
        case ast.Attribute(attr=attr) if attr in ATTRIBUTES:
            return [("attribute", attr)]
        case ast.Constant(value=bool(value)):
            return [("truth", str(value))]
        case ast.Constant(value=int(value)):
            return [("number", str(value))]
    return []


def _apply(node: ast.AST, kind: str) -> str:
    match kind, node:
        case "compare", ast.Compare():
            node.ops = [COMPARE[type(node.ops[0])]()]
            return type(node.ops[0]).__name__
        case "bool", ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            return type(node.op).__name__
        case "not", ast.UnaryOp():
            # Two negations, so that the node stays where it is.
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
            return "(dropped)"
        case "binary", ast.BinOp():
            node.op = BINARY[type(node.op)]()
            return type(node.op).__name__
        case "name", ast.Call(func=ast.Name() as called):
            called.id = NAMES[called.id]
            return called.id
        case "attribute", ast.Attribute():
            node.attr = ATTRIBUTES[node.attr]
            return node.attr
        case "truth", ast.Constant():
            node.value = not node.value
            return str(node.value)
        case "number", ast.Constant(value=int(value)):
            node.value = value + 1
            return str(node.value)
    raise AssertionError(kind)


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module from changed source."""

    def __init__(self, mutant: Mutant) -> None:
        self.name, self.source = f"{PACKAGE}.{mutant.module}", mutant.source

    def find_spec(self, name, path=None, target=None):  # type: ignore[no-untyped-def]
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, self.name, "exec"), module.__dict__)


def noticed(mutant: Mutant | None) -> bool:
    """Whether the tests fail on a mutant (on the unchanged engine when None)."""
    child = os.fork()
    if child == 0:
        os._exit(_run(mutant))
    start = time.monotonic()
    while time.monotonic() - start < LONGEST_SECONDS:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status != 0
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _run(mutant: Mutant | None) -> int:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    if mutant is not None:
        sys.meta_path.insert(0, _Changed(mutant))
    try:
        import pytest

        folder = ROOT / "tests" / "unit" / "safety" / "screening"
        already = "ignore::pytest.PytestAssertRewriteWarning"  # hypothesis was loaded before
        given = ["-x", "-q", "-p", "no:cacheprovider", "-W", already]
        return int(any(pytest.main([*given, *(str(folder / t) for t in r)]) for r in TESTS))
    except BaseException:
        return 1


def _warm_up() -> None:
    """Load what every child needs and no mutant touches."""
    import django  # noqa: F401
    import hypothesis  # noqa: F401
    import pytest  # noqa: F401

    from tautband.atlas.atlas import load_atlas
    from tautband.base.sources import bibliography

    load_atlas()
    bibliography()


def main() -> None:
    """Run all mutants, or every Nth, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1e9, help="start no more after so long")
    parser.add_argument("--list", action="store_true", help="list the mutants only")
    chosen = parser.parse_args()
    mutants = [m for module in MODULES for m in mutants_of(module)]
    # In a fixed random order, so that those which time allows are a fair sample.
    random.Random(2026).shuffle(mutants)
    if chosen.list:
        print("\n".join(str(m) for m in mutants))
        return
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    _warm_up()
    if noticed(None):
        sys.exit("the tests fail on the unchanged engine")
    start, survivors, run = time.monotonic(), [], 0
    for run, mutant in enumerate(mutants, start=1):
        if not noticed(mutant):
            survivors.append(mutant)
            print(f"survived: {mutant}", flush=True)
        if run % 25 == 0:
            print(f"{run} of {len(mutants)}, {len(survivors)} survived", flush=True)
        if time.monotonic() - start > chosen.minutes * 60:
            break
    killed = run - len(survivors)
    told = [
        f"{killed} of {run} mutants noticed ({100 * killed / run:.1f} %), in "
        f"{(time.monotonic() - start) / 60:.0f} minutes.",
        *([] if run == len(mutants) else [f"A random sample of all {len(mutants)} mutants."]),
        *([""] if survivors else []),
        *(f"- survived: `{mutant}`" for mutant in survivors),
    ]
    print("\n".join(told))
    if PAGE.exists():
        head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        _, _, tail = rest.partition(END)
        PAGE.write_text(f"{head}{BEGIN}\n" + "\n".join(told) + f"\n{END}{tail}", "utf-8")


if __name__ == "__main__":
    main()
