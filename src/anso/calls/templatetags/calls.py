"""Filters for pages of calls: how pressing a deadline is, money and weights as people write them, names of country classes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from babel.numbers import format_decimal, format_percent
from django import template
from django.utils.translation import gettext as _

from anso.calls.models import Call
from anso.directory.enums import CountryClassCode
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
def percentage(share: Decimal) -> str:
    """A share of one in percent."""
    return str(format_percent(share, "#,##0.##%", locale=current_locale()))


@register.filter
def class_name(code: str) -> str:
    """The name of a country class, or of another group that seats favour."""
    return str(CountryClassCode(code).label) if code in CountryClassCode.values else {"women": _("women")}.get(code, code)
