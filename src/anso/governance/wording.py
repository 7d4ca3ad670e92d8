"""What governance says and where it leads: its verbs in words, its pages in the navigation; where a
member stands and why, and what was recorded about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anso.audit.wording import Field
from anso.directory.models import Person
from anso.governance.enums import MandateRole, MembershipCategory, MembershipEventKind
from anso.governance.models import Membership, MembershipEvent
from anso.governance.queries import (
    MemberStanding,
    accounts_looked_after_by,
    alliance_day,
    bodies_looked_after_by,
    entry_codes_looked_after_by,
    find_members,
    memberships_looked_after_by,
)
from anso.governance.queries.mandates import mandates_of_person
from anso.kernel.about_people import PersonLine, PersonShelf
from anso.kernel.actors import Actor
from anso.kernel.finding import MOST_FOUND, Found, Searchable
from anso.kernel.standing import Standing
from anso.notifications.queries import MessageReaders
from anso.ui.instants import day_in_words
from anso.ui.question_fields import in_reader_language

VERBS: dict[str, Promise] = {
    "admit_member": gettext_lazy("admitted a member"),
    "suspend_member": gettext_lazy("suspended a member"),
    "waive_suspension": gettext_lazy("waived a suspension"),
    "restore_member": gettext_lazy("restored a member"),
    "change_member_category": gettext_lazy("moved a member to another category"),
    "end_membership": gettext_lazy("ended a membership"),
    "revoke_membership_event": gettext_lazy("revoked a record about a member"),
    "set_up_body": gettext_lazy("set up a body"),
    "give_mandate": gettext_lazy("gave a mandate"),
    "end_mandate": gettext_lazy("ended a mandate"),
    "enter_association": gettext_lazy("entered an association"),
    "record_association_state": gettext_lazy("wrote down what became of an association"),
    "add_association_group": gettext_lazy("added a working group of an association"),
    "end_association_group": gettext_lazy("ended a working group of an association"),
}
KINDS: dict[str, Promise] = {
    "governance.association": gettext_lazy("association"),
    "governance.body": gettext_lazy("body"),
    "governance.mandate": gettext_lazy("mandate"),
    "governance.membership": gettext_lazy("membership"),
}
MESSAGE_READERS = {
    "accounts.account": MessageReaders(accounts_looked_after_by, str, lambda _account: ""),
    "accounts.entrycode": MessageReaders(entry_codes_looked_after_by, str, lambda _code: ""),
    "governance.body": MessageReaders(
        bodies_looked_after_by,
        lambda body: in_reader_language(body.name),
        lambda body: reverse("governance:body", args=[body.code]),
    ),
    "governance.membership": MessageReaders(
        memberships_looked_after_by,
        lambda membership: membership.organisation.name,
        lambda membership: reverse("governance:member", args=[membership.organisation.reference]),
    ),
}


def find_member_pages(account: Actor, text: str, now: datetime) -> list[Found]:
    """The members of the day in whose name, acronym or city all words of a text occur."""
    return [
        Found(
            each.organisation.name,
            each.organisation.acronym,
            reverse("governance:member", args=[each.organisation.reference]),
        )
        for each in find_members(alliance_day(now), words=text)[:MOST_FOUND]
    ]


SEARCHABLES = {"members": Searchable(gettext_lazy("Members"), find_member_pages)}
NAVIGATION = {
    "governance:members": gettext_lazy("Members"),
    "governance:bodies": gettext_lazy("Governance"),
}
TONES = {Standing.GOOD: "good", Standing.SUSPENDED: "attn", Standing.NONE: ""}


def standing_word(standing: Standing) -> str:
    """Where a member stands, as a tag says it."""
    words = {
        Standing.GOOD: _("in good standing"),
        Standing.SUSPENDED: _("suspended"),
        Standing.NONE: _("no member now"),
    }
    return words[standing]


def category_word(category: str) -> str:
    """The category in the reader's language."""
    return str(dict(MembershipCategory.choices).get(category, category))


def standing_in_words(found: MemberStanding, *, tells_reasons: bool) -> str:
    """Where a member stands and since when, as a sentence; why, for those who may read it."""
    decided = found.decided_by
    if decided is None or found.since is None:
        return _("It never was a member.")
    facts = {"day": day_in_words(found.since)}
    if found.standing is Standing.SUSPENDED:
        words = _("Suspended since %(day)s.") % facts
    elif decided.kind == MembershipEventKind.LEFT:
        words = _("It left the alliance on %(day)s.") % facts
    elif decided.kind == MembershipEventKind.EXPELLED:
        words = _("It was expelled on %(day)s.") % facts
    elif found.lifted is not None:
        words = _waived_in_words(decided, facts["day"])
    else:
        words = _("In good standing since %(day)s.") % facts
    is_told = tells_reasons and decided.because and found.standing is not Standing.NONE
    return f"{words} {sentence_of(decided.because)}" if is_told else words


def _waived_in_words(waiver: MembershipEvent, since: str) -> str:
    if waiver.until is None:
        return _("In good standing since %(day)s: its suspension was waived.") % {"day": since}
    return _("In good standing since %(day)s: its suspension is waived until %(end)s.") % {
        "day": since,
        "end": day_in_words(waiver.until),
    }


@dataclass(frozen=True)
class HistoryLine:
    """One record about a member, as its page shows it."""

    on: date
    what: str
    reason: str
    source: str
    is_revoked: bool


def history_in_words(
    memberships: Iterable[Membership], *, tells_reasons: bool
) -> list[HistoryLine]:
    """Everything that was recorded, the latest first; what was revoked is marked and stays."""
    recorded = [event for each in memberships for event in each.events.all()]
    revoked = {event.revokes_id for event in recorded}
    return [
        HistoryLine(
            event.on,
            event_in_words(event),
            event.because if tells_reasons else "",
            event.source,
            event.pk in revoked,
        )
        for event in sorted(recorded, key=lambda event: (event.on, event.pk), reverse=True)
        if event.revokes_id is None
    ]


def event_in_words(event: MembershipEvent) -> str:
    """What happened, in a few words."""
    facts = {"category": category_word(event.category)}
    facts |= {"end": day_in_words(event.until)} if event.until else {}
    if event.kind == MembershipEventKind.ADMITTED:
        return _("Admitted as %(category)s") % facts
    if event.kind == MembershipEventKind.RECATEGORISED:
        return _("Belongs as %(category)s") % facts
    if event.kind == MembershipEventKind.SUSPENDED and event.until:
        return _("Suspended until %(end)s") % facts
    if event.kind == MembershipEventKind.WAIVED and event.until:
        return _("Suspension waived until %(end)s") % facts
    words = {
        MembershipEventKind.SUSPENDED: _("Suspended"),
        MembershipEventKind.WAIVED: _("Suspension waived"),
        MembershipEventKind.RESTORED: _("Restored to good standing"),
        MembershipEventKind.LEFT: _("Left the alliance"),
        MembershipEventKind.EXPELLED: _("Expelled"),
        MembershipEventKind.REVOKED: _("Record revoked"),
    }
    return words[MembershipEventKind(event.kind)]


def sentence_of(text: str) -> str:
    """A reason as a sentence of its own."""
    return text if text.endswith((".", "!", "?", "؟", "。")) else f"{text}."


def mandates_in_lines(account: Actor, person: Person, now: datetime) -> list[PersonLine]:
    """The mandates of a person in panels and other bodies, which are public."""
    today, lines = alliance_day(now), []
    for mandate in mandates_of_person(person):
        is_over = mandate.ends_on is not None and mandate.ends_on <= today
        days = [mandate.starts_on, mandate.ends_on]
        lines.append(
            PersonLine(
                in_reader_language(mandate.body.name),
                " – ".join(day_in_words(day) for day in days if day),
                reverse("governance:body", args=[mandate.body.code]),
                str(MandateRole(mandate.role).label),
                "" if is_over else "good",
            )
        )
    return lines


OWN_SHELVES = {"mandates": PersonShelf(gettext_lazy("Mandates"), mandates_in_lines)}


# What the record calls the fields of memberships and mandates.
FIELDS: dict[str, Field] = {
    "group": Field(gettext_lazy("working group")),
    "is": Field(gettext_lazy("what it is")),
    "on": Field(gettext_lazy("on")),
    "until": Field(gettext_lazy("until")),
    "category": Field(gettext_lazy("category"), codes=dict(MembershipCategory.choices)),
}
