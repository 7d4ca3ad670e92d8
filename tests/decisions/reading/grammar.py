"""What a selection may say of one file, in English: every sentence that there is, so that one which
nobody has read is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from anso.kernel.terms import Terms
from anso.programmes.outcomes import find_outcome

NUMBER = r"-?[\d.,]*\d"
BECAUSE = r" The reason given: “(?P<because>[^”]+)”"
WENT = (
    r"(?:(?P<higher>went to higher ranks), the last to|(?P<drawn>was given before its turn"
    r" came), the last to an equal of it at) rank (?P<last>\d+)"
    r"(?(drawn) that was drawn before it)\."
)
FORMS = {
    "unreviewed": r"No review could be used, so it stands after all that were judged\.",
    "mean": r"(?P<count>\d+) (?P<reviews>reviews?), weighted mean (?P<mean>N) of at most"
    r" (?P<highest>\d+)(?:: rank (?P<rank>\d+) of (?P<total>\d+))?\.",
    "moved_rank": r"That makes it rank (?P<rank>\d+) of (?P<total>\d+)\.",
    "equals": r"It shares that rank with (?P<others>\d+) (?P<noun>others?)\.",
    "severity": r"Its (?P<who>reviewers?) (?:grades? (?P<way>lower|higher) than others, by"
    r" (?P<by>N)(?: on average)?|grades? as others do)\.",
    "without": r"Without that the mean would be (?P<without>N)\.",
    "drawn_in": r"As so few reviews say only so much, it counts as (?P<counted>N), nearer to"
    r" (?P<overall>N), the mean of all\.",
    "counts": r"It counts as (?P<counted>N)\.",
    "expected": r"Its expected rank is (?P<expected>N) of (?P<total>\d+), as likely as not between"
    r" (?P<low>N) and (?P<high>N)\.",
    "range": r"Its rank of (?P<total>\d+) is as likely as not between (?P<low>N) and"
    r" (?P<high>N)\.",
    "sure": r"That makes it most likely number (?P<low>N) of (?P<total>\d+)\.",
    "moved": r"It was the (?P<body>panel|jury), and no reviewer, that moved this mean from"
    r" (?P<before>N) to (?P<after>N)\.(?: The reason given: “(?P<because>[^”]+)”)?",
    "drawn": r"Its order among exact equals was drawn by lot; the seed was fixed when the call was"
    r" published\.",
    "lot": r"It and (?P<others>\d+) (?P<noun>others?) could not be separated at the line, so their"
    r" order was drawn by lot: it came as number (?P<place>\d+)\. Anybody can repeat the draw: its"
    r" seed was fixed when the call was published\.",
    "turn": r"So it was number (?P<rank>\d+) in the order of choice\.",
    "goes_on": r"It (?:is invited|goes on) to the next step\.",
    "nobody_goes_on": r"Nothing goes on to the next step\.",
    "ends": r"It does not go on to the next step; the last that does has rank (?P<last>\d+)\.",
    "ends_for_lack": r"It does not go on to the next step, because the call requires what was not"
    r" there: (?P<lacks>[^.]+)\.",
    "paid": r"It is paid what it asked for: (?P<amount>N) CNY\.",
    "unpaid": r"It asks for (?P<asked>N) CNY\. When its turn came, (?P<left>N) CNY was left of the"
    r" budget of “(?P<label>[^”]+)”\.",
    "favour": r"It is kept for one group first, and (?P<how>this one belongs to it|was left by it):"
    r" (?P<group>[^.]+)\.",
    "not_open": r"“(?P<label>[^”]+)” is only open to one group: (?P<group>[^.]+)\.",
    "reserved": r"What was left of “(?P<label>[^”]+)” was kept for one group: (?P<group>[^.]+)\.",
    "reserved_above": r"“(?P<label>[^”]+)” is shared with others in “(?P<where>[^”]+)”; what was"
    r" left of that was kept(?: in “(?P<kept>[^”]+)”)? for one group: (?P<group>[^.]+)\.",
    "reserved_of_all": r"“(?P<label>[^”]+)”: what was left of all that is given was kept for one"
    r" group: (?P<group>[^.]+)\.",
    "country": r"The call selects at most (?P<limit>\d+) from one country, and (?:(?P<higher>higher"
    r" ranks) from (?P<group>[^.]+) had been selected|so many from (?P<same>[^.]+) had been"
    r" selected, the last of them an equal of it that was drawn before it)\.",
    "empty": r"“(?P<label>[^”]+)” has nothing to give\.",
    "full": rf"All of “(?P<label>[^”]+)” {WENT}",
    "shared": r"“(?P<label>[^”]+)” is shared with others in “(?P<where>[^”]+)”; all of it"
    f" {WENT}",
    "ended": r"The list of those who come next for “(?P<label>[^”]+)” ends at number"
    r" (?P<end>\d+)\.",
    "no_list": r"Nobody comes next for “(?P<label>[^”]+)”: what is not taken up stays free\.",
    "below": r"The call gives nothing below a mean of (?P<least>N), and it (?:counts as"
    r" (?P<counted>N)|has none)\.",
    "lacks_all": r"Nothing could be given to it, because the call requires what was not there:"
    r" (?P<lacks>[^.]+)\.",
    "lacks_one": r"The call requires what was not there: (?P<lacks>[^.]+)\.",
}  # fmt: skip
OF_OUTCOME = ("received", "nothing", "in_line", "followed")


@dataclass(frozen=True)
class Said:
    """One sentence: which it is, and what it names."""

    form: str
    words: str
    facts: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.facts[name]


def forms_of(terms: Terms) -> dict[str, re.Pattern[str]]:
    """The sentences of any call, and those that its outcome brings."""
    words = find_outcome(terms.outcome.code).words
    own = {name: _pattern(getattr(words, name).in_language("en")) for name in OF_OUTCOME}
    own["not_awarded"] = _pattern(words.not_awarded.in_language("en")) + BECAUSE
    every = FORMS | own
    return {
        name: re.compile(form.replace("(?P<", "(?P<").replace(">N)", f">{NUMBER})"))
        for name, form in every.items()
    }


def _pattern(template: str) -> str:
    form = re.escape(template)
    form = form.replace(re.escape("%(place)s"), r"(?P<label>[^”]+)")
    return form.replace(re.escape("%(position)s"), r"(?P<position>\d+)")


def read(text: str, forms: dict[str, re.Pattern[str]]) -> list[Said]:
    """All sentences of a text, one after the other; refuses one that is not among the forms."""
    return list(_read(text, forms))


def _read(text: str, forms: dict[str, re.Pattern[str]]) -> Iterator[Said]:
    at = 0
    while at < len(text):
        found = [(name, form.match(text, at)) for name, form in forms.items()]
        known = [(name, match) for name, match in found if match]
        assert known, f"No such sentence is known: {text[at:]}"
        name, match = max(known, key=lambda each: each[1].end())
        yield Said(name, match[0], match.groupdict())
        at = match.end()
        assert at == len(text) or text[at] == " ", text[at - 5 :]
        at += 1
