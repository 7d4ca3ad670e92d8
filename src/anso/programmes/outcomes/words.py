"""The sentences that differ by what is given: an outcome brings all of them, in every language of
the interface, so that no page, mail or record needs to know which outcome it speaks of.

What is filled in: ``%(call)s`` its title; ``%(place)s`` the name of what was given; ``%(number)s``
that of the application and ``%(subject)s`` whom it is about; ``%(entry)s``, ``%(Entry)s``,
``%(your_entry)s`` and ``%(Your_entry)s`` the words for what comes in ("nomination", "Nomination",
"your nomination", "Your nomination"); others as a field says.
"""

from __future__ import annotations

from dataclasses import dataclass

from anso.kernel.wording import NO_TEXT, CountedText, Text, both

LETTER_OF_CONFIRMATION = both("Letter of confirmation", "خطاب التأكيد")
BEGINS_ON = both("Begins on", "يبدأ في")
WHAT_COMES_NEXT = both("What comes next", "ما يأتي بعد ذلك")


@dataclass(frozen=True)
class OutcomeWords:
    """All that is said of one outcome, by the place where it stands."""

    # nouns: how many, the heading over the tree, columns of tables
    noun: CountedText
    tree: Text
    one: Text
    asked: Text
    filled: Text

    # what a selection means for an application, as a tag and as a filter
    selected: Text
    waiting: Text
    unplaced: Text

    # why an application stands where it stands; it is "it"
    received: Text
    followed: Text
    in_line: Text  # %(position)s
    nothing: Text
    not_awarded: Text  # the deciding body gives nothing of it in this edition

    # told to whoever is offered something
    offer_subject: Text
    offer_told: Text
    offer_heading: Text
    selected_heading: Text
    unless_answered: Text
    passes_on_afterwards: Text
    reminder_told: Text  # %(respond_by)s

    # told to whoever accepted it, or gave it back
    accepted_subject: Text
    accepted_told: Text
    accepted_heading: Text
    accepted_stays: Text
    what_follows: Text
    what_follows_at_host: Text  # where the call has hosts
    give_back: Text
    give_back_question: Text
    gave_back: Text
    gave_up_heading: Text
    passes_on: Text
    passes_on_for_good: Text
    passes_on_thanks: Text

    # told to whoever wrote for somebody else, who is offered it
    chosen_subject: Text
    chosen_told: Text
    chosen_heading: Text

    # told to everybody else
    waiting_subject: Text
    waiting_told: Text
    waiting_heading: Text
    waiting_hope: Text
    unplaced_subject: Text
    unplaced_told: Text
    unplaced_heading: Text  # %(Your_entry)s

    # on the letter of confirmation, which whoever holds an offer shows to others
    award_title: Text = LETTER_OF_CONFIRMATION
    award_starts: Text = BEGINS_ON
    award_steps: Text = WHAT_COMES_NEXT

    # the heading of the page that names everybody who ever held it; blank where there is no such
    wall: Text = NO_TEXT
