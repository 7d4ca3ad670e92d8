"""The messages about requests. Each names whom to write to when something is not right."""

from __future__ import annotations

from anso.kernel.notices import Notice

FIELDS = ("name", "subject", "told", "words", "safeguarding", "url", "contact")
MUST_SAY = ("told", "url")


def _notice(code: str, audience: str) -> Notice:
    return Notice(f"matching.{code}", audience, "matching/mail/news.txt", FIELDS, must_say=MUST_SAY)


ASKED = _notice("asked", "whoever is asked")
MATCHED = _notice("matched", "both sides")
DECLINED = _notice("declined", "whoever asked")
RELEASED = _notice("released", "both sides")
WITHDRAWN = _notice("withdrawn", "whoever was asked")
ENDED = _notice("ended", "both sides")
