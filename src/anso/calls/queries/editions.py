"""How calls belong together: rounds of one programme and year, parts of a call, and the selected
proposals under which a call may be opened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from string import ascii_uppercase
from typing import Any

from django.db.models import Q, QuerySet

from anso.audit.queries import entries_about
from anso.calls.models import Call
from anso.calls.queries.terms import get_terms
from anso.calls.queries.visibility import calls_managed_by, calls_visible_to
from anso.kernel.actors import Actor
from anso.kernel.references import call_prefix
from anso.kernel.registers import Register
from anso.kernel.terms import EntryKind
from anso.programmes.catalogue import KINDS, find_kind
from anso.programmes.models import Programme

# As an edition stood a next one begins only where it was told to everybody.
BEGUN_FROM = ("published", "completed")


@dataclass(frozen=True)
class SelectedProposal:
    """A proposal that was selected in a call, by its number and its title."""

    number: str
    title: str


# Which proposals of a call were selected is known above: by what was decided and offered.
PROPOSALS: Register[Callable[[Call], list[SelectedProposal]]] = Register("selected proposals")
# What a proposal says, by its call and number: meanings to answers, as they were submitted last.
PROPOSAL_FACTS: Register[Callable[[Call, str], Mapping[str, Any]]] = Register("what proposals say")


def selected_proposals_of(call: Call) -> list[SelectedProposal]:
    """The proposals of a call that were selected, in the order of their numbers; none where people
    apply for themselves or nominate.
    """
    if call.state == "draft" or get_terms(call).entry != EntryKind.PROPOSAL:
        return []
    found = [proposal for source in PROPOSALS.values() for proposal in source(call)]
    return sorted(found, key=lambda proposal: proposal.number)


def find_selected_proposal(call: Call, number: str) -> SelectedProposal | None:
    """The selected proposal of that number."""
    found = (each for each in selected_proposals_of(call) if each.number == number)
    return next(found, None)


def facts_of_proposal(call: Call) -> dict[str, Any]:
    """What the proposal says under which a call stands; nothing where it stands under none."""
    if call.parent is None or not call.proposal:
        return {}
    sources = PROPOSAL_FACTS.values()
    return {
        key: value for told in sources for key, value in told(call.parent, call.proposal).items()
    }


def programmes_under(call: Call) -> list[Programme]:
    """The programmes of which a call is opened under a selected proposal of this one: those whose
    kinds name its kind, or else its own.
    """
    return list(programmes_of_parts(call)) or [call.programme]


def programmes_of_parts(call: Call) -> QuerySet[Programme]:
    """The programmes whose kinds name the kind of this call as what stands above them."""
    named = [kind.code for kind in KINDS.values() if call.programme.kind in kind.parts_of]
    return Programme.objects.filter(kind__in=named).order_by("code")


def calls_under(call: Call, number: str, account: Actor | None, now: dt.datetime) -> QuerySet[Call]:
    """The calls that were opened under one proposal, as far as the reader may see them."""
    return parts_of(call, account, now).filter(proposal=number)


def free_letter_of(programme: Programme, year: int) -> str:
    """The letter that the next call of a programme and year takes: none for the first."""
    is_taken = Call.objects.filter(slug=edition_slug(programme, year, "")).exists()
    return free_round_of(programme, year) if is_taken else ""


def rounds_beside(call: Call, account: Actor | None, now: dt.datetime) -> QuerySet[Call]:
    """The other calls of the same programme and year that the reader may see."""
    found = calls_visible_to(account, now).exclude(pk=call.pk)
    return found.filter(programme=call.programme_id, edition_year=call.edition_year)


def parts_of(call: Call, account: Actor | None, now: dt.datetime) -> QuerySet[Call]:
    """The calls whose parent this one is, as far as the reader may see them."""
    return calls_visible_to(account, now).filter(parent=call.pk)


def parents_for(account: Actor, call: Call | None, now: dt.datetime) -> QuerySet[Call]:
    """The calls under which somebody could open one, or put this draft: those they work on that
    were not cancelled.
    """
    found = calls_managed_by(account, now).exclude(state="cancelled")
    return found if call is None else found.exclude(pk=call.pk)


def find_call_beside(call: Call) -> Call | None:
    """Another call that bears the same title in one of the languages of this one."""
    titles = {language: words.strip() for language, words in call.title.items() if words.strip()}
    if not titles:
        return None
    same = [Q(**{f"title__{language}__iexact": words}) for language, words in titles.items()]
    return Call.objects.filter(reduce(or_, same)).exclude(pk=call.pk).order_by("pk").first()


def free_round_of(programme: Programme, year: int) -> str:
    """The first letter that a further round of a programme and year could have; blank where all are
    taken. A letter may be taken by another programme, whose numbers would begin alike.
    """
    code = find_kind(programme.kind).number_code
    prefixes = {letter: call_prefix(code + letter, year) for letter in ascii_uppercase[1:]}
    slugs = {letter: edition_slug(programme, year, letter) for letter in prefixes}
    taken = Call.objects.filter(
        Q(number_prefix__in=prefixes.values()) | Q(slug__in=slugs.values())
    ).values_list("number_prefix", "slug")
    used = {word for pair in taken for word in pair}
    free = (each for each in prefixes if not {prefixes[each], slugs[each]} & used)
    return next(free, "")


def edition_slug(programme: Programme, year: int, letter: str) -> str:
    """The address of an edition: the programme, the year, and the letter of a further round."""
    return "-".join([programme.code.replace("_", "-"), str(year), *letter.lower()])


def editions_to_begin_from() -> QuerySet[Call]:
    """The editions as which a further one may begin, the latest first."""
    found = Call.objects.filter(state__in=BEGUN_FROM).select_related("programme")
    return found.order_by("-edition_year", "-pk")


def begun_from(call: Call) -> Call | None:
    """The edition as which a call began, as the record of its creation says; None for its kind."""
    made = entries_about(call).filter(verb="create_call").first()
    _before, reference = (made.changes.get("like") if made else None) or (None, None)
    return Call.objects.filter(reference=reference).first() if reference else None


def has_ancestor(call: Call | None, sought: Call) -> bool:
    """Whether one call stands above another, or is it."""
    while call is not None:
        if call.pk == sought.pk:
            return True
        call = call.parent
    return False
