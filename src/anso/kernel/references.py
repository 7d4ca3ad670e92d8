"""Public references: short, random, safe to read aloud; and the numbers of a call.

Here: making, spelling and reading them. Not here: keeping them unique, which is the database's.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop

# No vowels (no words by chance), no 0/O, 1/I/L, 2/Z, 5/S, 8/B.
ALPHABET = "34679CDFGHJKMNPQRTVWX"
REFERENCE_LENGTH = 10
_CHANCE = secrets.SystemRandom()
_LOOK_ALIKES = str.maketrans({"-": "", " ": ""})
_NUMBER = re.compile(r"([A-Z]{1,4}\d{2})-?(\d{5,})")


def new_reference(length: int = REFERENCE_LENGTH) -> str:
    """Return a random reference; ten signs of 21 leave about 44 bits to guess."""
    return "".join(_CHANCE.choices(ALPHABET, k=length))


@dataclass(frozen=True)
class CallNumber:
    """The number of an application inside its call: F27-04718.

    `prefix` is the call's letters with two digits of its year; numbers start at 1 in every call.
    """

    prefix: str
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}-{self.number:05d}"


def call_prefix(letters: str, year: int) -> str:
    """Return the prefix of a call's numbers: letters F and year 2027 give F27."""
    clean = letters.strip().upper()
    if not re.fullmatch(r"[A-Z]{1,4}", clean):
        raise BadInput(gettext_noop("A call's letters are one to four Latin letters."))
    return f"{clean}{year % 100:02d}"
