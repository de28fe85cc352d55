"""Parts of a Markdown page that are made by a program, between markers."""

from collections.abc import Mapping

from tautband.base.errors import InputError


def filled(page: str, parts: Mapping[str, str]) -> str:
    """The page with each part between ``<!-- NAME: begin -->`` and ``<!-- NAME: end -->``."""
    for name, text in parts.items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        if page.count(begin) != 1 or page.count(end) != 1:
            raise InputError("page", f"lacks the markers of '{name}'", f"{begin} and {end}, once")
        before, rest = page.split(begin)
        page = f"{before}{begin}\n\n{text}\n\n{end}{rest.split(end)[1]}"
    return page
