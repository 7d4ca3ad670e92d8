"""Groups of people that a programme counts, favours or keeps places for, as the kind declares them.

Not here: the limits that name them (``outcome``), and who was in which country class on which day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anso.kernel.questions import Meaning
from anso.kernel.wording import Text

EITHER = "|"
"""Between the keys of groups of which one is enough, as in ``LDC|women``."""


@dataclass(frozen=True)
class Group:
    """People whose answer with a meaning is one of ``values``, or a country of a class.

    ``label`` names them within a sentence ("women"). A group that ``is_sensitive`` follows from an
    answer that only officers read: it enters records and figures only where a limit needs it.
    """

    key: str
    label: Text
    means: Meaning
    values: tuple[str, ...] = ()
    country_class: str = ""
    is_sensitive: bool = False

    def has(self, facts: Mapping[str, Any], classes: Mapping[str, frozenset[str]]) -> bool:
        """Whether somebody with these facts is in it; ``classes`` are those of each country."""
        answer = facts.get(self.means, "")
        given = answer if isinstance(answer, list) else [answer]
        if self.country_class:
            return any(self.country_class in classes.get(str(each), ()) for each in given)
        return not set(self.values).isdisjoint(given)
