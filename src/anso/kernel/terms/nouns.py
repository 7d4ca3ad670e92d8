"""How a programme speaks of what comes in, where "application", "nomination" and "proposal" do not
say it: letters of intent, expressions of interest, abstracts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from anso.kernel.wording import NO_TEXT, CountedText, Text


@dataclass(frozen=True)
class EntryNouns:
    """The nouns of one programme, in every language of the interface.

    ``noun`` alone, as a ``heading`` and ``counted``; ``your`` within a sentence and ``yours`` at
    its beginning; ``start`` and ``start_yours`` on buttons. The last five are asked where a call is
    presented and checked; those left out are said as for applications or nominations.
    """

    counted: CountedText
    noun: Text
    heading: Text
    your: Text
    yours: Text
    start: Text
    start_yours: Text
    who: Text = NO_TEXT
    check: Text = NO_TEXT
    question: Text = NO_TEXT
    may: Text = NO_TEXT
    may_not: Text = NO_TEXT

    def texts(self) -> dict[str, Text]:
        """Those that were given, by the place where each stands."""
        found = {part.name: getattr(self, part.name) for part in fields(self)[1:]}
        return {name: text for name, text in found.items() if text}


def read_nouns(plain: Mapping[str, Any] | None) -> EntryNouns | None:
    """What `to_plain` wrote of them; None where the terms have none of their own."""
    if not plain:
        return None
    texts = {name: Text(words) for name, words in plain.items() if name != "counted"}
    return EntryNouns(CountedText(plain["counted"]["forms"]), **texts)
