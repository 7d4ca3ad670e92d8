"""Filters for pages of calls: how pressing a deadline is, money and weights as people write them,
names of country classes.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal, format_percent
from django import template
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from anso.audit.wording import verb_words
from anso.calls.models import Call
from anso.calls.queries import group_words
from anso.ui.templatetags.ui import current_locale

register = template.Library()
NEAR = dt.timedelta(days=7)


@register.filter
def closing_tone(call: Call, now: dt.datetime) -> str:
    """Attention in the last week before the deadline."""
    return "attn" if call.closes_at - now < NEAR else "act"


@register.filter
def money(amount: Decimal) -> str:
    """An amount with the reader's separators."""
    return str(format_decimal(amount, locale=current_locale()))


@register.filter
def figure(number: int) -> str:
    """A count with the reader's separators."""
    return str(format_decimal(number, locale=current_locale()))


@register.filter
def percentage(share: Decimal) -> str:
    """A share of one in percent."""
    return str(format_percent(share, "#,##0.##%", locale=current_locale()))


register.filter("class_name", group_words)
register.filter("verb_words", verb_words)

SET_UP = (
    ("site:call", gettext_lazy("Overview")),
    ("calls:edit", gettext_lazy("Words and dates")),
    ("calls:timeline", gettext_lazy("Timeline")),
    ("calls:outcome", gettext_lazy("What is given")),
    ("calls:rubric", gettext_lazy("Rubric")),
    ("calls:questions", gettext_lazy("Questions")),
    ("calls:people", gettext_lazy("People")),
    ("calls:publish", gettext_lazy("Publish")),
    ("calls:extension", gettext_lazy("Deadline")),
)
RUN = (
    ("applications:table", gettext_lazy("Applications")),
    ("applications:screening", gettext_lazy("Screening")),
    ("review:reviewers", gettext_lazy("Reviewers")),
    ("review:call_assignments", gettext_lazy("Assignments")),
    ("decisions:ranking", gettext_lazy("Ranking")),
    ("decisions:decisions", gettext_lazy("Decisions")),
    ("awards:offers", gettext_lazy("Offers")),
)


@register.inclusion_tag("calls/desk_nav.html", takes_context=True)
def desk_nav(context: Context, call: Call) -> dict[str, Any]:
    """The pages of one call for those who run it, in two rows: how it is set up, and how it
    runs.
    """
    path = context["request"].path
    rows = [_links(SET_UP, call, path)]
    if call.state != "draft":
        rows.append([*_links(RUN, call, path), _outbox_link(call)])
    return {"call": call, "rows": rows}


def _links(row: tuple[tuple[str, Any], ...], call: Call, path: str) -> list[dict[str, Any]]:
    links = []
    for name, label in row:
        try:
            url = reverse(name, args=[call.reference])
        except NoReverseMatch:
            continue
        is_current = path == url if name == "site:call" else path.startswith(url)
        links.append({"url": url, "label": label, "is_current": is_current})
    return links


def _outbox_link(call: Call) -> dict[str, Any]:
    return {
        "url": f"{reverse('notifications:outbox')}?call={call.pk}",
        "label": gettext_lazy("Outbox"),
        "is_current": False,
    }
