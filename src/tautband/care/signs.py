"""What an examination can tell, as plain data: signs at a muscle and clinical tests."""

from typing import Any

from tautband.atlas.clinical_tests import read_tests
from tautband.base.sources import bibliography
from tautband.reasoning.knowledge import Knowledge
from tautband.reasoning.signs import BAND, IN_BAND, OUTSIDE_BAND, SPOT, SignTable


def findings_json(knowledge: Knowledge) -> dict[str, Any]:
    """All signs and tests, each with its weight and what that rests on."""
    known = bibliography()
    numbers = knowledge.model.findings
    table = SignTable(numbers)
    details = []
    for sign in table.signs:
        own = numbers.sign[SPOT if sign in (IN_BAND, OUTSIDE_BAND) else sign]
        text = _RELATION if sign in (IN_BAND, OUTSIDE_BAND) else own.text
        keys = (*own.sources, *numbers.sign[BAND].sources) if text is _RELATION else own.sources
        details.append(
            {
                "sign": sign,
                "ratio_present": round(table.ratio({sign: True}), 3),
                "ratio_absent": round(table.ratio({sign: False}), 3),
                "basis": own.basis,
                "text": text,
                "source": "; ".join(known[key].citation for key in dict.fromkeys(keys)),
            }
        )
    return {"signs": list(table.signs), "details": details, "tests": _tests()}


_RELATION = "A tender spot counts for a trigger point only where it lies in a taut band."


def _tests() -> list[dict[str, Any]]:
    known = bibliography()
    return [
        {
            "id": test.id,
            "name": test.name,
            "sensitivity": test.sensitivity,
            "specificity": test.specificity,
            "positive": test.positive,
            "how": test.how,
            "text": test.text,
            "source": "; ".join(known[key].citation for key in test.sources),
            "confidence": str(test.confidence or "not established"),
        }
        for test in read_tests().values()
    ]
