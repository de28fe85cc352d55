"""The two tags that pages need: a text of the catalogue, and a built file of the front end."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tautband.clinic import catalogue, frontend

register = template.Library()


@register.simple_tag(takes_context=True)
def t(context: Context, message: str, **values: Any) -> str:
    """The text of a message in the page's locale, escaped as any other value."""
    return catalogue.text(message, str(context["locale"]), **values)


@register.simple_tag
def asset(entry: str) -> SafeString:
    """The stylesheets, preloads and script that an entry of the front end needs."""
    files = frontend.entry_files(entry)
    styles = format_html_join("", '<link rel="stylesheet" href="{}">', ((u,) for u in files.styles))
    preloads = format_html_join(
        "", '<link rel="modulepreload" href="{}">', ((u,) for u in files.imports)
    )
    if files.script is None:
        return styles
    script = format_html('<script type="module" src="{}"></script>', files.script)
    return SafeString(styles + preloads + script)
