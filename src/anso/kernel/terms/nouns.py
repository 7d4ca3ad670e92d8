"""How a programme speaks of what comes in, where "application", "nomination" and "proposal" do not
say it: letters of intent, expressions of interest, abstracts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from anso.kernel.errors import BadInput
from anso.kernel.wording import FALLBACK_LANGUAGE, NO_TEXT, CountedText, Text, gettext_noop

COUNTED = "counted"
# As officers write the number in a form of the counted noun, and as it is filled in.
NUMBER, FILLED_IN = "{n}", "%(n)s"


@dataclass(frozen=True)
class EntryNouns:
    """The nouns of one programme, in every language of the interface.

    ``noun`` alone, as a ``heading`` and ``counted``; ``your`` within a sentence and ``yours`` at
    its beginning; ``start`` and ``start_yours`` on buttons; ``plural`` and ``person`` above lists
    of them and of whom they are about. The last five are asked where a call is presented and
    checked; those left out are said as for applications or nominations.
    """

    counted: CountedText
    noun: Text
    heading: Text
    your: Text
    yours: Text
    start: Text
    start_yours: Text
    plural: Text = NO_TEXT
    person: Text = NO_TEXT
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


def parts_of_nouns(nouns: EntryNouns | None) -> dict[str, str]:
    """The words by what is changed by itself: each text in each language as ``noun_en``, each form
    of the counted noun as ``counted_en_one``, with ``{n}`` for the number.
    """
    if nouns is None:
        return {}
    parts = {
        f"{name}_{code}": words
        for name, text in nouns.texts().items()
        for code, words in text.to_dict().items()
    }
    return parts | {
        f"{COUNTED}_{code}_{category}": words.replace(FILLED_IN, NUMBER).replace("%%", "%")
        for code, forms in nouns.counted.forms.items()
        for category, words in forms.items()
    }


def nouns_of(parts: Mapping[str, str]) -> EntryNouns | None:
    """The words that those parts make; None where all are blank. Refuses some without the others,
    naming the first that is missing.
    """
    said = {name: words.strip() for name, words in parts.items() if words.strip()}
    if not said:
        return None
    forms: dict[str, dict[str, str]] = {}
    texts: dict[str, dict[str, str]] = {}
    for name, words in said.items():
        what, code, *category = name.rsplit("_", 2) if name.startswith(COUNTED) else _split(name)
        if category:
            filled = words.replace("%", "%%").replace(NUMBER, FILLED_IN)
            forms.setdefault(code, {})[category[0]] = filled
        else:
            texts.setdefault(what, {})[code] = words
    for name in (each.name for each in fields(EntryNouns) if each.default is MISSING):
        if name != COUNTED and FALLBACK_LANGUAGE not in texts.get(name, {}):
            raise _missing(f"{name}_{FALLBACK_LANGUAGE}")
    for code in (FALLBACK_LANGUAGE, *forms):
        if "other" not in forms.get(code, {}):
            raise _missing(f"{COUNTED}_{code}_other")
    return EntryNouns(CountedText(forms), **{name: Text(each) for name, each in texts.items()})


def _split(name: str) -> list[str]:
    return name.rsplit("_", 1)


def _missing(field: str) -> BadInput:
    text = gettext_noop(
        "Where some of these words are your own, this one must be there too. Empty all fields to"
        " return to the usual words."
    )
    return BadInput(text, field=field)


def lacking_in_nouns(nouns: EntryNouns, languages: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages in which some of the words are missing that stand in another one."""
    texts = [*nouns.texts().values(), Text(dict.fromkeys(nouns.counted.forms, COUNTED))]
    return tuple(code for code in languages if any(code not in text for text in texts))
