"""Clinical tests for explanations other than muscle, with published accuracy."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec
from rapidfuzz import process

from tautband.base.errors import InputError
from tautband.base.sources import Fact, Source, check_fact


class ClinicalTest(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A test on one side that answers for its targets together, see ``tests.toml``.

    ``answered_by`` are muscles in which a trigger point is a positive test.
    """

    id: str
    name: str
    synonyms: tuple[str, ...]
    targets: tuple[str, ...]
    reference: str
    positive: str
    how: str
    minutes: float
    burden: float
    why: str
    sensitivity: float | None = None
    specificity: float | None = None
    answered_by: tuple[str, ...] = ()

    @property
    def weighed(self) -> bool:
        """Its accuracy was seen in a text, so a result moves the reasoning."""
        return self.sensitivity is not None and self.specificity is not None


@cache
def read_tests() -> Mapping[str, ClinicalTest]:
    """All tests by id."""
    text = resources.files("tautband.atlas").joinpath("data/tests.toml").read_text("utf-8")
    found: dict[str, ClinicalTest] = {}
    for number, entry in enumerate(tomllib.loads(text)["test"]):
        try:
            test = msgspec.convert(entry, ClinicalTest)
        except msgspec.ValidationError as error:
            raise InputError(f"tests.toml, test {number + 1}", str(error)) from error
        if test.id in found:
            raise InputError("tests.toml", f"has '{test.id}' twice", "each test once")
        found[test.id] = test
    return found


def check_tests(
    muscles: Mapping[str, object], causes: Mapping[str, object], known: Mapping[str, Source]
) -> None:
    """Raise InputError unless each test is sourced, possible, and about what the atlas holds."""
    for test in read_tests().values():
        where = f"tests.toml {test.id}"
        check_fact(where, test, known)
        for target in test.targets:
            if target not in causes:
                raise InputError(f"{where}.targets", f"'{target}' is no other cause", "an id")
        for muscle in test.answered_by:
            if muscle not in muscles:
                raise InputError(f"{where}.answered_by", f"'{muscle}' is no record", "an id")
        if (test.sensitivity is None) != (test.specificity is None):
            raise InputError(where, "has one figure of two", "sensitivity and specificity")
        if test.sensitivity is not None and test.specificity is not None:
            inside = 0 < test.sensitivity < 1 and 0 < test.specificity < 1
            if not inside or test.sensitivity + test.specificity <= 1:
                raise InputError(where, "tells nothing", "sensitivity + specificity above 1")
        if not test.targets or test.minutes <= 0 or test.burden < 1:
            raise InputError(where, "cannot be", "a target, minutes > 0 and burden >= 1")


def find_test(name: str) -> ClinicalTest | None:
    """The test of an id, name or synonym; None when no test is called so."""
    wanted = " ".join(name.lower().replace("_", " ").split())
    for test in read_tests().values():
        own = (test.id.replace("_", " "), test.name.lower(), *(s.lower() for s in test.synonyms))
        if wanted in own:
            return test
    return None


def close_tests(name: str) -> list[str]:
    """Names of tests that a wrong name may have meant."""
    names = [test.name for test in read_tests().values()]
    return [str(m[0]) for m in process.extract(name, names, limit=2, score_cutoff=70)]
