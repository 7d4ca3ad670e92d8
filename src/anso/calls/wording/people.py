"""People who work on calls, in words: what mails tell them about their part."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.calls.models import Call
from anso.calls.wording.bodies import judging_words
from anso.directory.models import Person
from anso.ui.menus import frame_link
from anso.ui.question_fields import in_reader_language

# What the kinds of mail are called on the desk.
MAIL_KINDS: dict[str, Promise] = {
    "calls.part_given": _("part in a call, given"),
    "calls.part_ended": _("part in a call, ended"),
}
PARTS: dict[str, Promise] = {
    "officer": _("programme officer"),
    "host": _("answers for a host"),
}


def part_told(call: Call, person: Person, part: str) -> dict[str, Any]:
    """What mails to somebody about their part in a call may say."""
    body = judging_words(call)
    parts = PARTS | {"chair": body.as_chair, "member": body.as_member}
    return {
        "name": person.full_name,
        "call": in_reader_language(call.title),
        "part": str(parts.get(part, part)),
        "url": reverse("calls:call", args=[call.slug]) if part == "host" else frame_link("todo"),
    }
