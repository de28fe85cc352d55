"""Lines that tell what an examination found: at a muscle, or by a clinical test."""

from collections.abc import Sequence

from tautband.atlas.clinical_tests import close_tests
from tautband.base.errors import InputError
from tautband.reasoning.clinical_tests import TestResult, parse_result
from tautband.reasoning.findings import Finding, parse_findings
from tautband.reasoning.knowledge import Knowledge


def read_told(lines: Sequence[str], knowledge: Knowledge) -> tuple[Finding | TestResult, ...]:
    """Read lines such as ``infraspinatus right: familiar pain`` and ``phalen left: negative``.

    Raises InputError for a line that is neither.
    """
    told: list[Finding | TestResult] = []
    for line in lines:
        result = parse_result(line)
        if result is not None:
            told.append(result)
            continue
        try:
            told += parse_findings(line, knowledge)
        except InputError as error:
            close = close_tests(line.split(":")[0]) if error.field == "muscle" else []
            if not close:
                raise
            raise InputError(
                error.field, error.problem, error.expected, [*close, *error.suggestions]
            ) from error
    return tuple(told)
