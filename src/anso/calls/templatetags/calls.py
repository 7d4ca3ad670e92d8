"""Filters for pages of calls: how pressing a deadline is, weights, names of groups of people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from anso.audit.wording import verb_words
from anso.calls.models import Call
from anso.calls.wording import (
    call_link,
    desk_phases,
    entries_of,
    entry_word,
    group_words,
    how_much,
    how_often,
    level_words,
    outcome_word,
    question_part,
    question_type,
    reasons_told,
)

register = template.Library()
NEAR = dt.timedelta(days=7)


@register.filter
def closing_tone(call: Call, now: dt.datetime) -> str:
    """Attention in the last week before the deadline."""
    return "attn" if call.closes_at - now < NEAR else "act"


register.simple_tag(how_much)
register.simple_tag(how_often)
register.filter("group_words", group_words)
register.filter("level_words", level_words)
register.filter("question_type", question_type)
register.filter("question_part", question_part)
register.filter("verb_words", verb_words)
register.filter("told", reasons_told)
register.filter("entries", entries_of)
register.filter("entry_word", entry_word)
register.filter("outcome_word", outcome_word)


@register.filter("call_link")
def link_of(call: Call, word: str) -> str:
    """The address of a link of a call: ``{{ call|call_link:"desk" }}``."""
    return call_link(word, call)


@register.inclusion_tag("calls/desk_nav.html", takes_context=True)
def desk_nav(context: Context, call: Call) -> dict[str, Any]:
    """The phases of one call for those who run it, with how each stands, and the pages of the one
    in which the reader is.
    """
    request = context["request"]
    return {"phases": desk_phases(call, request.user, request.path, timezone.now())}
