"""What every page shows around its content: the latest seal and, on staff pages about a call, the
way to its other pages.
"""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.db.models import Exists, QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from anso.accounts.models import Account
from anso.audit.queries import get_latest_checkpoint
from anso.database import PreparedValues
from anso.ui.context import account_links
from anso.ui.menus import OWN_PAGES, url_or_blank

SECONDS_KEPT = 10.0
SEEN: list[tuple[float, dict[str, Any]]] = []


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Context for all templates; queries run only where the template asks."""
    return {
        "demonstration": settings.DEMONSTRATION,
        "seal": SimpleLazyObject(latest_seal),
        "own_links": SimpleLazyObject(lambda: own_links(request)),
        "subnav_template": "calls/desk_nav_here.html",
    }


def own_pages(account: int) -> QuerySet[Account, Any]:
    """Whether an account has rows of each page of one's own, in their order."""
    asked = [Exists(page.rows_of(Account(pk=account)).order_by()) for page in OWN_PAGES.values()]
    return Account.objects.filter(pk=account).values_list(*asked)


# Made once: it is asked for every page of everybody who signed in.
HAS_OF_ITS_OWN = PreparedValues("has_of_its_own", own_pages, int)


def own_links(request: HttpRequest) -> SafeString:
    """The links of the reader, with the pages of things that they have any of: one query."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return SafeString("")
    (has,) = HAS_OF_ITS_OWN.rows(user.pk)
    pages = zip(OWN_PAGES.items(), has, strict=True)
    shown = [(name, page.label) for (name, page), is_there in pages if is_there]
    return account_links(request, shown)


def latest_seal() -> dict[str, Any]:
    """The newest seal over the record with its root, short enough to be compared by eye; empty
    before the first. A process looks again after some seconds: a seal is made once a minute, and
    its root stands in the foot of every page.
    """
    if not SEEN or time.monotonic() - SEEN[-1][0] > SECONDS_KEPT:
        # One assignment, so that a thread beside this one sees the older seal or the newer.
        SEEN[:] = [(time.monotonic(), _read_latest_seal())]
    return SEEN[-1][1]


def _read_latest_seal() -> dict[str, Any]:
    checkpoint = get_latest_checkpoint()
    if checkpoint is None:
        return {}
    root = f"{checkpoint.root[:4]}…{checkpoint.root[-2:]}"
    return {
        "sealed_at": checkpoint.sealed_at,
        "root": root,
        "url": url_or_blank("audit:checkpoints"),
    }
