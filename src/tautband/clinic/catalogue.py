"""The catalogue of all texts on the pages (`texts/`), and its pseudo-locale.

The browser reads `texts/en.ftl` too, so a text is written once; what only the server shows stands
in `texts/server/`, a file for each part, and is never sent to a browser that has no use for it.
In the locale ``en-XA`` every text is accented and lengthened: what still reads as plain English is
not in the catalogue, and what breaks the layout would break in German too.
"""

from functools import cache
from importlib import resources
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast, visitor

PSEUDO = "en-XA"
LOCALES = ("en", PSEUDO)

_ACCENTED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑ",
)
_VOWELS = str.maketrans({vowel: vowel * 2 for vowel in "aeiouAEIOU"})


def accented(text: str) -> str:
    """The text as the pseudo-locale shows it: no plain letter left, about a third longer."""
    return text.translate(_VOWELS).translate(_ACCENTED)


class _Accents(visitor.Transformer):
    def visit_TextElement(self, node: ast.TextElement) -> ast.TextElement:  # noqa: N802 (library)
        node.value = accented(node.value)
        return node


def catalogue_source() -> str:
    """The catalogue as it is written, all files after one another."""
    texts = resources.files("tautband.clinic").joinpath("texts")
    parts = sorted(texts.joinpath("server").iterdir(), key=lambda part: part.name)
    files = [texts.joinpath("en.ftl"), *(part for part in parts if part.name.endswith(".ftl"))]
    return "\n".join(file.read_text("utf-8") for file in files)


@cache
def _bundle(locale: str) -> FluentBundle:
    resource = FluentParser().parse(catalogue_source())
    if locale == PSEUDO:
        resource = _Accents().visit(resource)
    # Isolation marks belong to languages that mix directions of writing; ours do not yet.
    bundle = FluentBundle([locale], use_isolating=False)
    bundle.add_resource(resource)
    return bundle


def text(message: str, locale: str, **values: Any) -> str:
    """The text of a message; raises LookupError when the catalogue lacks it or a value."""
    pattern = _bundle(locale).get_message(message).value
    if pattern is None:
        raise LookupError(f"the message {message} has no text")
    formatted, errors = _bundle(locale).format_pattern(pattern, values)
    if errors:
        raise LookupError(f"the message {message} lacks a value: {errors[0]}")
    return str(formatted)


def text_or_none(message: str, locale: str, **values: Any) -> str | None:
    """The text of a message, or None when the catalogue has no such message."""
    return text(message, locale, **values) if _bundle(locale).has_message(message) else None


def locale_of(request: HttpRequest | None) -> str:
    """The locale of a page: the setting, or `?locale=` while debugging."""
    if request is not None and settings.DEBUG:
        asked = request.GET.get("locale", "")
        if asked in LOCALES:
            return asked
    return str(settings.TAUTBAND_LOCALE)


def locale_context(request: HttpRequest) -> dict[str, str]:
    """Gives every template its locale."""
    return {"locale": locale_of(request)}
