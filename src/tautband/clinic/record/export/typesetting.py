"""Setting a paper with Typst: its data and pictures in, pages out; nothing is written to disk."""

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any, Literal

import typst

TEMPLATE = "paper.typ"
# Where paper is Letter; everywhere else it is ISO A4.
_LETTER = ("US", "CA", "MX", "PH", "CL", "CO", "VE")
Form = Literal["pdf", "png"]


def paper_of(jurisdiction: str) -> str:
    """The size of paper that a place uses, as Typst names it: ``us-letter`` or ``a4``.

    ``jurisdiction`` is a country of two letters, with or without its part, such as ``US-CO``.
    """
    return "us-letter" if jurisdiction[:2] in _LETTER else "a4"


def typeset(
    told: Mapping[str, Any], pictures: Mapping[str, bytes], form: Form = "pdf", ppi: float = 80
) -> list[bytes]:
    """The pages of a paper, as one PDF or as a PNG for each page (``ppi`` pixels an inch).

    ``told`` is what the template sets: title, blocks, paper and the lines that run along;
    ``pictures`` holds SVG by the name under which a block asks for it.
    """
    template = resources.files("tautband.clinic.record").joinpath("data", TEMPLATE)
    files: dict[str, bytes] = {
        "main.typ": template.read_bytes(),
        "data.json": json.dumps(told, ensure_ascii=False).encode(),
        **pictures,
    }
    compile_files: Any = typst.compile  # its types leave out files in memory
    made = compile_files(files, format=form, ppi=ppi)
    return list(made) if isinstance(made, list) else [made]
