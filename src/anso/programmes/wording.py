"""How pages, mails and the record speak of what comes into a call and of what it gives, in the
reader's language: the words of entry, and the sentences that its outcome brings.

Callers ask for a sentence by its name and never learn which outcome they speak of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext_lazy

from anso.kernel.terms import EntryKind, EntryNouns, Terms
from anso.kernel.wording import CountedText, Text
from anso.programmes.outcomes import find_outcome
from anso.ui.figures import in_figures


@dataclass(frozen=True)
class EntryWords:
    """What the interface calls what comes in, by the way it comes in. ``counted`` waits for its
    number, ``n``.
    """

    noun: Promise | str
    heading: Promise | str
    your: Promise | str
    counted: Any
    start: Promise | str
    yours: Promise | str
    start_yours: Promise | str
    plural: Promise | str
    person: Promise | str
    who: Promise | str
    check: Promise | str
    question: Promise | str
    may: Promise | str
    may_not: Promise | str


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
        gettext_lazy("application"),
        gettext_lazy("Application"),
        gettext_lazy("your application"),
        ngettext_lazy("%(n)s application", "%(n)s applications", "count"),
        gettext_lazy("Start application"),
        gettext_lazy("Your application"),
        gettext_lazy("Start your application"),
        gettext_lazy("Applications"),
        gettext_lazy("Applicant"),
        *APPLYING,
    ),
    EntryKind.NOMINATION: EntryWords(
        gettext_lazy("nomination"),
        gettext_lazy("Nomination"),
        gettext_lazy("your nomination"),
        ngettext_lazy("%(n)s nomination", "%(n)s nominations", "count"),
        gettext_lazy("Start nomination"),
        gettext_lazy("Your nomination"),
        gettext_lazy("Start your nomination"),
        gettext_lazy("Nominations"),
        gettext_lazy("Nominee"),
        *NOMINATING,
    ),
    EntryKind.PROPOSAL: EntryWords(
        gettext_lazy("proposal"),
        gettext_lazy("Proposal"),
        gettext_lazy("your proposal"),
        ngettext_lazy("%(n)s proposal", "%(n)s proposals", "count"),
        gettext_lazy("Start proposal"),
        gettext_lazy("Your proposal"),
        gettext_lazy("Start your proposal"),
        gettext_lazy("Proposals"),
        gettext_lazy("Lead"),
        *APPLYING,
    ),
}


def entry_words(entry: EntryKind, nouns: EntryNouns | None = None) -> EntryWords:
    """How pages speak of what comes in: by the nouns that a call's terms bring, else of an
    application, a nomination or a proposal.
    """
    usual = WORDS[entry]
    if nouns is None:
        return usual
    language = get_language() or "en"
    own = {name: text.in_language(language) for name, text in nouns.texts().items()}
    return replace(usual, counted=OwnCount(nouns.counted, language), **own)


@dataclass(frozen=True)
class OwnCount:
    """A counted noun of the terms, filled in as those of the interface are."""

    noun: CountedText
    language: str

    def __mod__(self, facts: Mapping[str, Any]) -> str:
        return self.noun.in_language(self.language, facts["count"], facts["n"])


class CallWords:
    """The words of one call. In a template ``words.tree`` is the sentence of that name; those in
    which something is filled in are said by code.
    """

    def __init__(self, terms: Terms) -> None:
        self.entry = entry_words(terms.entry, terms.nouns)
        self._outcome = find_outcome(terms.outcome.code).words
        self._has_hosts = bool(terms.hosts)

    def __getitem__(self, name: str) -> str:
        if name not in type(self._outcome).__dataclass_fields__:
            raise KeyError(name)  # so that a template looks further, for a method
        return self.say(name)

    def say(self, name: str, **facts: Any) -> str:
        """The sentence of that name with its facts, in the reader's language."""
        text: Text = getattr(self._outcome, name)
        words = {
            "entry": self.entry.noun,
            "Entry": self.entry.heading,
            "your_entry": self.entry.your,
            "Your_entry": self.entry.yours,
        }
        return text.in_language(get_language() or "en") % (words | facts)

    def what_follows(self) -> str:
        """What whoever accepted waits for: word of the host where the call has hosts, else of
        us.
        """
        return self.say("what_follows_at_host" if self._has_hosts else "what_follows")

    def count(self, number: int) -> str:
        """How many of what is given, in words: "2 awards"."""
        shown = in_figures(number)
        return self._outcome.noun.in_language(get_language() or "en", number, shown)

    def count_entries(self, number: int) -> str:
        """How many of what came in, in words: "4 nominations"."""
        return str(self.entry.counted % {"count": number, "n": in_figures(number)})
