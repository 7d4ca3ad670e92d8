"""Pages of reviewing."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest

from anso.accounts.models import Account


class SignedInRequest(HttpRequest):
    """A request to a page that asks for sign-in: whoever sends it has an account."""

    user: Account  # narrower than the base: no anonymous visitor gets here


def announced(closes_at: dt.datetime | None) -> dt.datetime | None:
    """An end as people are told it: the last minute that is in time, not the midnight after it."""
    return closes_at - dt.timedelta(minutes=1) if closes_at else None
