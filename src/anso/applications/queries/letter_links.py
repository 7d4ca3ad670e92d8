"""Links to letters: what stands behind one, whose it is, and who is still written to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from anso.accounts.models import Account
from anso.accounts.queries import find_scoped_link, is_way_in_of
from anso.applications.lifecycle import WAITED_FOR
from anso.applications.models import Application, Letter
from anso.applications.queries.answers import facts_told
from anso.applications.queries.letters import (
    PURPOSE,
    LetterSlot,
    letter_due_at,
)
from anso.calls.models import Call
from anso.calls.queries import get_terms, letters_due_at
from anso.kernel.addresses import same_mailbox
from anso.kernel.names import fold
from anso.kernel.questions import Meaning
from anso.kernel.zones import zone_of_country

LONGEST_AFTER_CLOSE = dt.timedelta(days=366)


@dataclass(frozen=True)
class OpenedLink:
    """What stands behind a scoped link: the letter and why it may no longer be written, if so. What
    was typed by whoever holds the link stays theirs to read.
    """

    letter: Letter | None
    closed_because: str = ""


def open_letter_link(token: str, now: dt.datetime) -> OpenedLink:
    """The letter behind a scoped link; without one the link is unknown.

    What the letter is decides, and not when the link was made: a link that was sent before an
    extension works as long as the letter counts.
    """
    link = find_scoped_link(token, PURPOSE)
    if link is None or link.revoked_at or link.about_type != Letter._meta.label_lower:
        return OpenedLink(None, "unknown")
    letter = (
        Letter.objects.select_related(
            "application__call__programme", "application__applicant", "file"
        )
        .filter(pk=link.about_id)
        .first()
    )
    if letter is None or not is_way_in_of(link, letter.email):
        return OpenedLink(None, "replaced")
    if letter.application.state == "withdrawn":
        return OpenedLink(letter, "withdrawn")
    if letter.state == "replaced":
        return OpenedLink(letter, "replaced")
    return OpenedLink(letter, "late" if now >= letter_due_at(letter) else "")


def unfinished_letters_of(application: Application) -> list[Letter]:
    """Letters in whose place somebody else was named before they were answered, newest first."""
    found = Letter.objects.filter(
        application_id=application.pk, state="replaced", completed_at=None, declined_at=None
    )
    return list(found.order_by("-id"))


def unfinished_letter_by(
    person: Mapping[str, str], slot: LetterSlot, unfinished: Iterable[Letter]
) -> Letter | None:
    """The one of them that the same person began at the same address; None for everybody who is
    asked for the first time, or has answered.
    """
    for each in unfinished:
        wanted = (slot.kind, slot.question.key, person["email"].lower(), fold(person["name"]))
        if wanted == (each.kind, each.question_key, each.email.lower(), fold(each.full_name)):
            return each
    return None


def letters_to_remind(now: dt.datetime, *, every_days: int = 7, most: int = 2) -> list[Letter]:
    """Letters asked for and not written, last written to some days ago, still due, and not reminded
    too often.
    """
    # Whoever asked the applicant first waits for them, and is not reminded.
    asked = [state for state in WAITED_FOR if state != "asking"]
    waiting = Letter.objects.filter(state__in=asked, reminder_count__lt=most)
    quiet = waiting.filter(last_sent_at__lte=now - dt.timedelta(days=every_days)).exclude(
        application__state="withdrawn"
    )
    found = quiet.filter(_still_due(now)).order_by("due_at", "id")
    return list(found.select_related("application__call", "application__applicant")[:500])


def _still_due(now: dt.datetime) -> Q:
    """An extension moves the day of a letter along, which the column of the letter does not know:
    they count as long as the terms of the call say.
    """
    due = Q(due_at__gt=now)
    lately = Call.objects.filter(closes_at__gt=now - LONGEST_AFTER_CLOSE)
    for call in lately:
        kinds = [rule.kind for rule in get_terms(call).letters if now < letters_due_at(call, rule)]
        due |= Q(application__call=call, kind__in=kinds)
    return due


def writer_zone(letter: Letter, account: Account | None) -> str:
    """The zone in which a writer is told times: of the account with their address, of the host for
    which they answer, or of the country that they were named with; blank where nobody knows.
    """
    if account is not None and account.mail_zone:
        return account.mail_zone
    return zone_of_country(writer_country(letter))


def writer_country(letter: Letter) -> str:
    """The country that a writer was named with, or that of the host for which they answer; blank
    where nobody knows.
    """
    country: str | None = _country_named_with(letter)
    if not country and letter.host:
        hosts = letter.application.call.hosts.filter(key=letter.host, organisation__isnull=False)
        country = hosts.values_list("organisation__country_id", flat=True).first()
    return country or ""


def _country_named_with(letter: Letter) -> str:
    """From the answers: participants are written down only after their letters were asked for."""
    facts = facts_told(letter.application)
    if letter.kind == "nominee":
        return facts.get(Meaning.COUNTRY) or ""
    for named in facts.get(Meaning.PARTNERS) or ():
        if same_mailbox(named.get("email") or "") == same_mailbox(letter.email):
            return named.get("country") or ""
    return ""
