"""Officers write down what letters of confirmation tell beside the offer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from anso.audit.actions import record_entry
from anso.awards.models import AwardDetail
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.rules import may_manage_call
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_paragraphs
from anso.kernel.reasons import uncut
from anso.kernel.wording import gettext_noop

AT_MOST = 4000


@transaction.atomic
def keep_award_detail(
    *,
    call: Call,
    host: str,
    starts_on: dt.date | None,
    contact: str,
    steps: Mapping[str, str],
    actor: Actor,
    now: dt.datetime,
) -> AwardDetail:
    """Keep what the letters for one host tell; blank as the host for a call without any. Letters
    that are made from now on tell it.
    """
    may_manage_call(actor, call, now).require()
    known = {each.key for each in get_terms(call).hosts} or {""}
    if host not in known:
        raise BadInput(gettext_noop("This call has no such host."), code="unknown_host")
    words = {code: clean_paragraphs(steps.get(code, "")) for code, _name in settings.LANGUAGES}
    contact = clean_paragraphs(contact)
    uncut(max(contact, *words.values(), key=len), AT_MOST)
    kept = {
        "starts_on": starts_on,
        "contact": contact,
        "steps": {code: text for code, text in words.items() if text},
    }
    # Two officers at once: each writes the whole, the later one stands.
    detail, _is_new = AwardDetail.objects.update_or_create(call=call, host=host, defaults=kept)
    changes = {host or "call": "changed"}
    record_entry(call, "keep_award_detail", actor=actor, now=now, changes=changes)
    return detail
