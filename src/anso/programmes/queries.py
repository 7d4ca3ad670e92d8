"""Which programmes there are, and the kind behind each. No writes, no requests."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from anso.kernel.terms import EntryKind


@dataclass(frozen=True)
class EntryWords:
    """What the interface calls what comes in, by the way it comes in."""

    start: Promise
    yours: Promise
    start_yours: Promise
    who: Promise
    check: Promise
    question: Promise
    may: Promise
    may_not: Promise


APPLYING = (
    gettext_lazy("Who can apply"),
    gettext_lazy("Check whether you can apply"),
    gettext_lazy("Can you apply?"),
    gettext_lazy("You can apply"),
    gettext_lazy("You cannot apply to this call"),
)
NOMINATING = (
    gettext_lazy("Who can nominate, and whom"),
    gettext_lazy("Check whether your nomination can count"),
    gettext_lazy("Can your nomination count?"),
    gettext_lazy("Your nomination can count"),
    gettext_lazy("Your nomination cannot count in this call"),
)
WORDS = {
    EntryKind.APPLICATION: EntryWords(
        gettext_lazy("Start application"),
        gettext_lazy("Your application"),
        gettext_lazy("Start your application"),
        *APPLYING,
    ),
    EntryKind.NOMINATION: EntryWords(
        gettext_lazy("Start nomination"),
        gettext_lazy("Your nomination"),
        gettext_lazy("Start your nomination"),
        *NOMINATING,
    ),
    EntryKind.PROPOSAL: EntryWords(
        gettext_lazy("Start proposal"),
        gettext_lazy("Your proposal"),
        gettext_lazy("Start your proposal"),
        *APPLYING,
    ),
}


def entry_words(entry: EntryKind) -> EntryWords:
    """How pages speak of an application, a nomination or a proposal, as a call's terms say."""
    return WORDS[entry]
