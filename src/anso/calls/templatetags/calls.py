"""Filters for pages of calls: how pressing a deadline is, weights, names of groups of people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.template.context import Context

from anso.audit.wording import verb_words
from anso.calls.models import Call
from anso.calls.wording import call_link, desk_rows, group_words, how_much, how_often

register = template.Library()
NEAR = dt.timedelta(days=7)


@register.filter
def closing_tone(call: Call, now: dt.datetime) -> str:
    """Attention in the last week before the deadline."""
    return "attn" if call.closes_at - now < NEAR else "act"


register.simple_tag(how_much)
register.simple_tag(how_often)
register.filter("group_words", group_words)
register.filter("verb_words", verb_words)


@register.filter("call_link")
def link_of(call: Call, word: str) -> str:
    """The address of a link of a call: ``{{ call|call_link:"desk" }}``."""
    return call_link(word, call)


@register.inclusion_tag("calls/desk_nav.html", takes_context=True)
def desk_nav(context: Context, call: Call) -> dict[str, Any]:
    """The pages of one call for those who run it, in two rows: how it is set up, and how it
    runs. The page that one is on, or above the one that one is on, is marked.
    """
    path, desk = context["request"].path, call_link("desk", call)
    rows = [
        [
            {
                "url": url,
                "label": page.label,
                "is_current": path == url if url == desk else path.startswith(url),
            }
            for url, page in row
        ]
        for row in desk_rows(call)
    ]
    return {"call": call, "rows": rows}
