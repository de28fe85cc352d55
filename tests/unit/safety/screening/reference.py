"""A slow, readable second engine, which shares nothing with the first but the data.

It reads each condition with Python's own parser, and says "not known" with None.
"""

import ast
import re
import tomllib
from importlib import resources
from typing import Any

from tautband.safety.screening.answers import Answers
from tautband.safety.screening.targets import Target

ORDER = ["proceed", "precaution", "ask", "not_today", "not_here", "do_not_needle"]
DATA = resources.files("tautband.safety.screening").joinpath("data")
GUIDELINES = tomllib.loads(DATA.joinpath("guidelines.toml").read_text("utf-8"))
RULES = [
    rule
    for entry in DATA.joinpath("rules").iterdir()
    for rule in tomllib.loads(entry.read_text("utf-8"))["rules"]
]
NEAR = tomllib.loads(DATA.joinpath("places.toml").read_text("utf-8"))["parts"]
Known = bool | None


def strictest(keys: list[str]) -> str:
    return max(keys, key=ORDER.index, default="proceed")


def mildest(one: str, two: str) -> str:
    return min(one, two, key=ORDER.index)


def class_by_default(rule: dict[str, Any]) -> str:
    binding = [
        c["decision"]
        for g, c in rule["classes"].items()
        if GUIDELINES[g]["kind"] in ("regulator", "professional body")
    ]
    every = [c["decision"] for c in rule["classes"].values()]
    if rule.get("can_kill"):
        return strictest(every)
    return strictest([*binding, mildest(strictest(every), "precaution")])


def decide(rule: dict[str, Any], answers: Answers, target: Target | None) -> str:
    """What one rule decides at a target."""
    holds = judge(rule["when"], answers, target)
    if holds is False:
        return "proceed"
    decision = class_by_default(rule)
    if holds is None:
        decision = mildest(decision, "ask")
    if rule.get("unless") and judge(rule["unless"], answers, target) is True:
        decision = mildest(decision, rule.get("mitigated", "precaution"))
    return mildest(decision, "precaution") if rule.get("quiet") else decision


def decide_all(answers: Answers, target: Target) -> dict[str, str]:
    """The decision on the patient, on the muscle, and on each technique at the muscle."""
    found: dict[str, list[str]] = {"patient": [], "muscle": []}
    for technique in ("electrical stimulation", "deep needling"):
        found[technique] = []
    for rule in RULES:
        if rule["scope"] == "patient":
            found["patient"].append(decide(rule, answers, None))
        elif rule["scope"] == "muscle":
            found["muscle"].append(decide(rule, answers, target))
        elif rule["scope"] == "technique":
            found[rule["technique"]].append(decide(rule, answers, target))
        else:
            found["muscle"] += [decide(rule, answers, only(target, p)) for p in target.parts]
    patient = strictest(found["patient"])
    muscle = strictest([patient, *found["muscle"]])
    techniques = {
        t: strictest([muscle, *found[t]]) for t in ("electrical stimulation", "deep needling")
    }
    return {"patient": patient, "muscle": muscle, **techniques}


def only(target: Target, part: str) -> Target:
    """The target cut down to one part of the body."""
    features = frozenset({("part", part), ("side", str(target.side))})
    around = frozenset({part, *NEAR[part]["near"]})
    return Target("", part, target.side, frozenset({part}), around, features)


def judge(text: str, answers: Answers, target: Target | None) -> Known:
    """True, False, or None for not known."""
    source = re.sub(r"here (\w+) (\w+)", r"here('\1', '\2')", text)
    source = re.sub(r"\b(takes|at|near|any) (\w+)", r"\1('\2')", source)
    source = re.sub(r"(\w+) = (\w+)", r"chosen('\1', '\2')", source)
    return evaluate(ast.parse(source, mode="eval").body, answers, target)


def evaluate(node: ast.expr, answers: Answers, target: Target | None) -> Known:
    match node:
        case ast.BoolOp(op=ast.And(), values=parts):
            told = [evaluate(p, answers, target) for p in parts]
            return False if False in told else None if None in told else True
        case ast.BoolOp(op=ast.Or(), values=parts):
            told = [evaluate(p, answers, target) for p in parts]
            return True if True in told else None if None in told else False
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            known = evaluate(inner, answers, target)
            return None if known is None else not known
        case ast.Name(id=question):
            answer = answers.get(question)
            return None if answer is None else bool(answer)
        case ast.Compare(left=ast.Name(id=question), ops=[sign], comparators=[ast.Constant(limit)]):
            value = answers.get(question)
            if value is None:
                return None
            assert isinstance(value, float)
            assert isinstance(limit, int | float)
            if isinstance(sign, ast.Lt):
                return value < limit
            if isinstance(sign, ast.LtE):
                return value <= limit
            return value > limit if isinstance(sign, ast.Gt) else value >= limit
        case ast.Call(func=ast.Name(id=name), args=args):
            return call(
                name, [a.value for a in args if isinstance(a, ast.Constant)], answers, target
            )
    raise AssertionError(ast.dump(node))


def call(name: str, words: list[Any], answers: Answers, target: Target | None) -> Known:
    if name == "here":
        assert target is not None
        return (words[0], words[1]) in target.features
    if name == "takes":
        return takes(words[0], answers)
    value: Any = answers.get(words[0])
    if value is None:
        return None
    if name == "chosen":
        return bool(value.replace(" ", "_") == words[1])
    if name == "any":
        return len(value) > 0
    assert target is not None
    wanted = target.parts if name == "at" else target.around
    return any(p.side in (None, target.side) and p.parts & wanted for p in value)


def takes(wanted: str, answers: Answers) -> Known:
    medicines: Any = answers.get("medicines")
    if medicines is None:
        return None
    strange = [m for m in medicines if m.drug == ""]
    if wanted == "not_recognised":
        return len(strange) > 0
    for medicine in medicines:
        if wanted in medicine.classes:
            return True
    return None if strange else False
