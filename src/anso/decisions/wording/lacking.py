"""What a call requires of others and was not there, as the reason why nothing was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from anso.applications.queries.required_letters import Lack
from anso.applications.wording import lack_in_words, lacks_in_words
from anso.decisions.models import Placement
from anso.kernel.terms import LetterRule, Terms


def lacks_of(placement: Placement, terms: Terms) -> list[Lack]:
    """The required letters that were not there when the run was computed."""
    return [_read_lack(each, terms) for each in placement.facts.get("lacks", ())]


def _read_lack(kept: Mapping[str, Any], terms: Terms) -> Lack:
    rule = terms.letter_rule(kept["kind"]) or LetterRule(kept["kind"], 1)
    return Lack(rule, kept["host"], kept["given"], kept["needed"])


def bars_everything(placement: Placement, terms: Terms) -> bool:
    """Whether what was lacking is required whatever was asked for."""
    return any(not lack.host for lack in lacks_of(placement, terms))


def words_for_lacks(placement: Placement, terms: Terms) -> Iterator[str]:
    """One sentence for what is required of all, and one for each host."""
    lacks = lacks_of(placement, terms)
    general = [lack for lack in lacks if not lack.host]
    if general:
        yield _(
            "Nothing could be given to it, because the call requires what was not there: %(lacks)s."
        ) % {"lacks": lacks_in_words(general, terms)}
        return
    for lack in lacks:
        yield _("The call requires what was not there: %(lack)s.") % {
            "lack": lack_in_words(lack, terms)
        }
