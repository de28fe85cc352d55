"""Claims about dry needling, each with what was found: supported, partly, not found, contradicted.

A claim is data; so is its verdict, which a person wrote.  The loader holds each verdict to sources
that were seen.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Confidence, Fact, bibliography, check_fact
from tautband.text.near import close_names

Verdict = Literal["supported", "partly", "not found", "contradicted"]


class Found(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing that was found for or against a claim."""

    speaks: Literal["for", "against", "beside it"]


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A claim as it is made, the verdict, why, and what may be said instead."""

    id: str
    claim: str
    words: tuple[str, ...]
    verdict: Verdict
    why: str
    instead: str
    found: tuple[Found, ...]
    searched: str = ""
    conditions: tuple[str, ...] = ()


@cache
def load_claims() -> Mapping[str, Claim]:
    """All claims by id, checked; raises InputError that names the one which cannot be used."""
    text = resources.files("tautband.evidence").joinpath("data/claims.toml").read_text("utf-8")
    known = bibliography()
    claims: dict[str, Claim] = {}
    for number, raw in enumerate(tomllib.loads(text)["claim"]):
        try:
            claim = msgspec.convert(raw, Claim)
        except msgspec.ValidationError as error:
            raise InputError(f"claims.toml, claim {number + 1}", str(error)) from error
        for place, found in enumerate(claim.found):
            check_fact(f"{claim.id}.found[{place}]", found, known)
        seen = [f for f in claim.found if f.confidence is not Confidence.UNREVIEWED]
        if claim.verdict in ("supported", "contradicted") and not seen:
            raise InputError(claim.id, f"is '{claim.verdict}' without a source seen", "one")
        if claim.verdict == "not found" and not claim.searched:
            raise InputError(f"{claim.id}.searched", "is missing", "where was searched")
        claims[claim.id] = claim
    return claims


def find_claim(text: str) -> Claim:
    """The claim that an id or a few words mean; raises InputError with the closest ones."""
    claims = load_claims()
    wanted = text.strip().lower()
    if wanted in claims:
        return claims[wanted]
    words = set(re.findall(r"[a-z]+", wanted))
    scored = sorted(((_shared(words, claim), claim.id) for claim in claims.values()), reverse=True)
    if scored and scored[0][0] >= 2 and scored[0][0] > scored[1][0]:
        return claims[scored[0][1]]
    close = [key for score, key in scored[:4] if score] or list(close_names(wanted, claims))
    right = "an id that 'tautband evidence list' shows, or words of its claim"
    raise InputError("claim", f"'{text[:80]}' is not one that was checked", right, close)


def _shared(words: set[str], claim: Claim) -> int:
    """Claim words that the text has; each may be a phrase, all of whose words must be there."""
    return sum(set(phrase.split()) <= words for phrase in claim.words)
