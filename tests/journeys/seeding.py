"""Run inside a real installation: one open call, applicants with complete drafts, and a session for
each. Prints what was made.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any

import django


def seed(count: int, seconds_open: int) -> dict[str, Any]:
    """Make the call and so many applicants; the call closes so many seconds from now, or in a
    month.
    """
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from tests.factories.applications import make_complete_application
    from tests.factories.calls import make_call
    from tests.factories.directory import make_account, make_person

    now = timezone.now()
    closes_at = now + (
        dt.timedelta(seconds=seconds_open) if seconds_open else dt.timedelta(days=30)
    )
    slug = f"fellowship-{now:%H%M%S%f}"
    call = make_call(
        opens_at=now - dt.timedelta(days=1),
        closes_at=closes_at,
        slug=slug,
        number_prefix=f"K{now:%M%S}{now.microsecond % 1000:03}",
    )
    applicants = []
    for place in range(count):
        account = make_account(f"{slug}-{place}@example.org")
        make_person(f"Applicant {slug} {place}", account=account)
        application = make_complete_application(call, applicant=account, now=now)
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.create()
        applicants.append(
            {
                "application": application.pk,
                "reference": application.reference,
                "number": application.number,
                "revision": application.revision,
                "session": session.session_key,
            }
        )
    return {
        "call": call.pk,
        "slug": slug,
        "closes_at": closes_at.timestamp(),
        "applicants": applicants,
    }


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(
        json.dumps(seed(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)) + "\n"
    )
